/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.score.ShellCatalog.Program;
import java.util.List;
import java.util.Map;

/** Programs by which models are trained, fetched, served and published. */
final class ShellModels {
  private ShellModels() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(programs, ShellModels::hub, "huggingface-cli hf modelscope kaggle");
    ShellCatalog.all(
        programs,
        ShellModels::launch,
        """
          torchrun deepspeed accelerate horovodrun mpirun axolotl llamafactory-cli
          composer-train lightning
          """);
    ShellCatalog.all(
        programs,
        ShellModels::submit,
        """
          sbatch srun salloc bsub qsub runai ray sky dstack mlflow dvc wandb
          """);
    ShellCatalog.all(programs, ShellModels::cancel, "scancel bkill qdel");
    ShellCatalog.all(
        programs,
        ShellModels::serve,
        """
          ollama vllm tritonserver text-generation-launcher llama-server bentoml
          torchserve sglang
          """);
  }

  private static Flow hub(ShellCommand c, ShellReader r) {
    Effects effects = r.effects();
    effects.mark(SHELL_NETWORK);
    List<String> operands = c.operands(1);
    if (c.has("upload", "upload-large-folder", "push", "create")) {
      effects.uploads(Distance.EXTERNAL, 0);
      effects.mark(SHELL_COPIES_WEIGHTS);
      effects.mark(SHELL_PUBLISHES);
    } else if (c.has("delete", "delete-cache", "repo-files")) {
      effects.mark(SHELL_DELETES_REMOTE);
    } else if (c.has("login")) {
      effects.mark(SHELL_STORES_SECRETS);
    } else if (!operands.isEmpty()) {
      effects.runs();
    }
    return Flow.UNKNOWN;
  }

  private static Flow launch(ShellCommand c, ShellReader r) {
    r.effects().runs();
    if (!c.has("config", "env", "estimate-memory", "--help", "test")
        && !c.name().endsWith("mpirun")) {
      r.effects().mark(SHELL_TRAINS);
    }
    return Flow.UNKNOWN;
  }

  private static Flow submit(ShellCommand c, ShellReader r) {
    r.effects().runs();
    boolean jobs =
        c.name().endsWith("sbatch")
            || c.name().endsWith("bsub")
            || c.name().endsWith("qsub")
            || c.has("submit", "launch", "--gres", "run")
            || c.hasPrefix("--gres");
    if (jobs && !c.name().endsWith("dvc")) {
      r.effects().mark(SHELL_TRAINS);
    }
    if (c.has("push", "sync")) {
      r.effects().uploads(Distance.EXTERNAL, 0);
    }
    return Flow.UNKNOWN;
  }

  private static Flow cancel(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_STOPS);
    if (c.has("-u", "--user", "-p", "all")) {
      r.effects().mark(SHELL_EVERYTHING);
    }
    return Flow.UNKNOWN;
  }

  private static Flow serve(ShellCommand c, ShellReader r) {
    r.effects().runs();
    if (c.has("serve", "0.0.0.0", "--host") || c.name().endsWith("server")) {
      r.effects().mark(SHELL_LISTENS);
    } else if (c.has("push")) {
      r.effects().mark(SHELL_PUBLISHES);
      r.effects().mark(SHELL_COPIES_WEIGHTS);
    } else if (c.has("rm", "stop")) {
      r.effects().mark(SHELL_STOPS);
    }
    return Flow.UNKNOWN;
  }
}
