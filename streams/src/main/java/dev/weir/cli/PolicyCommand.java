/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import picocli.CommandLine.Command;

/** {@code weir policy}. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Checks, tests, explains, shows and publishes policies.",
    subcommands = {
      PolicyCheckCommand.class,
      PolicyTestCommand.class,
      PolicyExplainCommand.class,
      PolicyShowCommand.class,
      PolicyPublishCommand.class,
      PolicyStatusCommand.class
    })
final class PolicyCommand {}
