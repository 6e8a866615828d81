/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import picocli.CommandLine.Command;

/** {@code weir outcome}. */
@Command(
    name = "outcome",
    mixinStandardHelpOptions = true,
    description = "Reports what actions turned out to be.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = OutcomeReportCommand.class)
final class OutcomeCommand {}
