/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.weir.config.WeirConfig;
import dev.weir.reviewer.OpenAiJudge;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir review openai}. */
@Command(
    name = "openai",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a language model answer the escalations of a tier, at any OpenAI-compatible endpoint.",
      "The API key comes from the environment alone. The model approves, denies, escalates or",
      "abstains; which one it was, and its tokens, stand in the verdict's rationale. A refusal, or",
      "no answer after the retries, is ABSTAIN."
    })
final class ReviewOpenAiCommand implements Callable<Integer> {
  private static final String DEFAULT_URL = "https://api.openai.com/v1";

  @Mixin private ReviewerOptions reviewer = new ReviewerOptions();

  @Mixin private WorkerOptions worker = new WorkerOptions();

  @Option(names = "--model", paramLabel = "NAME", required = true, description = "The model.")
  private String model = "";

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "The endpoint. Default: " + DEFAULT_URL + ".")
  private @Nullable String baseUrl;

  @Option(
      names = "--api-key-env",
      paramLabel = "NAME",
      defaultValue = "OPENAI_API_KEY",
      description =
          "The variable that holds the API key. An endpoint of one's own may need none. Default:"
              + " ${DEFAULT-VALUE}.")
  private String keyVariable = "";

  @Option(
      names = "--input-cost",
      paramLabel = "UNITS",
      description = "Cost units for a million tokens read. Default: the tier's cost is charged.")
  private double inputCost;

  @Option(
      names = "--output-cost",
      paramLabel = "UNITS",
      description = "Cost units for a million tokens written.")
  private double outputCost;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Tokens that it may write. Default: ${DEFAULT-VALUE}.")
  private long maxTokens;

  @Override
  public Integer call() throws IOException, InterruptedException {
    WeirConfig config = reviewer.config();
    OpenAIClient client =
        OpenAIOkHttpClient.builder()
            .baseUrl(baseUrl == null ? DEFAULT_URL : baseUrl)
            .apiKey(key())
            .timeout(worker.timeout())
            .maxRetries(0)
            .build();
    try {
      OpenAiJudge.Model asked = new OpenAiJudge.Model(model, inputCost, outputCost, maxTokens);
      worker.run(config, reviewer.identity(config), new OpenAiJudge(client, asked));
    } finally {
      client.close();
    }
    return 0;
  }

  private String key() {
    String key = System.getenv(keyVariable);
    if (key != null && !key.isBlank()) {
      return key.strip();
    }
    if (baseUrl == null) {
      throw new CommandFailedException(
          "there is no %s in the environment; --api-key-env names another variable"
              .formatted(keyVariable));
    }
    return "none";
  }
}
