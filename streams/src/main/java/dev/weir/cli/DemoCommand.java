/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.action.Digest;
import dev.weir.broker.EmbeddedBroker;
import dev.weir.config.TopicPlan;
import dev.weir.config.WeirConfig;
import dev.weir.policy.Attestable;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.topology.StreamsSettings;
import dev.weir.topology.TopicCreation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows Weir at work: a Kafka broker inside this process, the monitor, and agents.",
      "Without --log the agents are simulated. Leaves nothing behind."
    })
final class DemoCommand implements Callable<Integer> {
  private static final long LOOK_MS = 250;
  private static final long CATCH_UP_NS = 60_000_000_000L;
  private static final double SIMULATED_RATE = 1000;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Replay this log: JSON lines, plain or gzip; - is stdin.")
  private @Nullable Path log;

  @Option(
      names = "--once",
      description = "Stop when all of the log, or of --tasks simulated tasks, is assessed.")
  private boolean once;

  @Option(
      names = "--duration",
      converter = ShortDuration.class,
      paramLabel = "TIME",
      description = "Stop after that long, for example 30s, 5m. Default: 60s, unless --once.")
  private @Nullable Duration duration;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Actions a second; 0 is as fast as it goes. Default: 1000 simulated ones; a log, or with"
              + " --once, as fast as it goes.")
  private @Nullable Double rate;

  @Option(
      names = "--tax",
      paramLabel = "X",
      description =
          "Review cost over action cost: 0.10 reviews 0.1 %% at a cost of 100. Default: the"
              + " policy's.")
  private @Nullable Double tax;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "Score by this policy. Default: the pack that Weir brings, believing the log's"
              + " objectives.")
  private @Nullable Path policyFile;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Simulated tasks, with --once. Default: ${DEFAULT-VALUE}.")
  private int tasks;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the simulated fleet and of chance. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      description = "Of the actions' topic. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(
      names = "--http-port",
      defaultValue = "0",
      description =
          "Port of /metrics, /livez and /readyz at 127.0.0.1; 0 takes a free one. Default:"
              + " ${DEFAULT-VALUE}.")
  private int httpPort;

  @Option(names = "--json", description = "Print the summary as one JSON document.")
  private boolean json;

  @Option(names = "--plain", description = "No live screen, plain lines, as without a terminal.")
  private boolean plain;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    Policy policy = policy();
    Duration limit = limit();
    if (partitions < 1 || tasks < 1) {
      throw usage("--partitions and --tasks are at least 1");
    }
    PrintWriter err = spec.commandLine().getErr();
    long startNs = System.nanoTime();
    try (Stop stop = Stop.onShutdown();
        Scratch scratch = Scratch.make(null);
        EmbeddedBroker broker = EmbeddedBroker.start(scratch.path().resolve("broker"), 0)) {
      WeirConfig config = config(broker, scratch.path().resolve("state"));
      try (Admin admin = Admin.create(StreamsSettings.client(config))) {
        TopicPlan plan = new TopicPlan(config.topics(), partitions, 1);
        List<String> unused = TopicCreation.create(admin, plan);
      }
      try (Service service = Service.start(config, policy, chanceKey(), httpPort);
          Watch watch = new Watch(config, policy).start();
          Feed feed = feed(config).start()) {
        Screen.Frame last;
        try (Screen screen = Screen.open(err, json || plain)) {
          screen.say(
              "Kafka at %s, metrics at http://127.0.0.1:%d/metrics"
                  .formatted(broker.bootstrapServers(), service.httpPort()));
          last = follow(stop, limit, policy, service, watch, feed, screen, startNs);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Summary.json(last) : Summary.text(last));
        out.flush();
      }
    }
    return 0;
  }

  private Screen.Frame follow(
      Stop stop,
      @Nullable Duration limit,
      Policy policy,
      Service service,
      Watch watch,
      Feed feed,
      Screen screen,
      long startNs)
      throws InterruptedException {
    long stopNs = 0;
    while (true) {
      boolean asked = stop.await(LOOK_MS);
      long nowNs = System.nanoTime();
      if (service.failed()) {
        throw new CommandFailedException("the monitor stopped after a fault that is logged above");
      }
      boolean overtime = limit != null && nowNs - startNs >= limit.toNanos();
      if ((asked || overtime) && stopNs == 0) {
        stopNs = nowNs;
        feed.stop();
      }
      boolean settled = feed.ended() && watch.settled() >= feed.published();
      boolean given = stopNs != 0 && (asked || nowNs - stopNs > CATCH_UP_NS);
      Screen.Frame frame =
          new Screen.Frame(
              policy,
              watch.results(),
              feed.published(),
              feed.unsent(),
              feed.truth(),
              watch.escalated(feed.truth().harmful()),
              (nowNs - startNs) / 1e9);
      screen.show(frame);
      if (given || (settled && (once || stopNs != 0))) {
        return frame;
      }
    }
  }

  private Feed feed(WeirConfig config) throws IOException {
    KafkaProducer<byte[], byte[]> producer = Clients.producer(config);
    String topic = config.topics().actions();
    double perSecond = rate != null ? rate : log == null && !once ? SIMULATED_RATE : 0;
    return log != null
        ? Feed.ofLog(log, producer, topic, perSecond)
        : Feed.ofFleet(
            seed, once ? tasks : Integer.MAX_VALUE, Instant.now(), producer, topic, perSecond);
  }

  private WeirConfig config(EmbeddedBroker broker, Path state) {
    Map<String, String> properties = new HashMap<>();
    properties.put("kafka.bootstrap.servers", broker.bootstrapServers());
    properties.put(WeirConfig.APPLICATION_ID, "weir-demo");
    properties.put(WeirConfig.STATE_DIR, state.toString());
    properties.put(WeirConfig.TIME, WeirConfig.OCCURRED_AT);
    properties.put(WeirConfig.CLOSE_TIMEOUT_MS, "10000");
    return WeirConfig.of(properties);
  }

  private Policy policy() throws IOException {
    Policy policy;
    if (policyFile == null) {
      // what the demo feeds the stream with is its own, so its objectives are believed
      policy = PolicyLoader.builtIn().withSource(ActionLines.SOURCE, Set.of(Attestable.OBJECTIVE));
    } else if (Files.isReadable(policyFile)) {
      policy = PolicyFile.load(policyFile);
    } else {
      throw usage("--policy names %s, which is no readable file".formatted(policyFile));
    }
    if (tax == null) {
      return policy;
    }
    if (!(tax >= 0 && tax <= 10)) {
      throw usage("--tax is a share of the actions' cost, from 0 to 10");
    }
    return policy.withTax(tax);
  }

  private @Nullable Duration limit() {
    if (duration == null) {
      return once ? null : Duration.ofSeconds(60);
    }
    return duration;
  }

  private byte[] chanceKey() {
    return Digest.of(("weir demo " + seed).getBytes(StandardCharsets.UTF_8));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
