/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import picocli.CommandLine.Command;

/** {@code weir reviewer}. */
@Command(
    name = "reviewer",
    mixinStandardHelpOptions = true,
    description = "Registers reviewers: who may answer which tier, and by which keys.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ReviewerRegisterCommand.class,
      ReviewerListCommand.class,
      ReviewerRotateCommand.class,
      ReviewerRevokeCommand.class
    })
final class ReviewerCommand {}
