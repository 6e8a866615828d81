/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import picocli.CommandLine.Command;

/** {@code weir verdict}. */
@Command(
    name = "verdict",
    mixinStandardHelpOptions = true,
    description = "Signs verdicts, and tells whose they are and whether they count.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {VerdictSignCommand.class, VerdictVerifyCommand.class})
final class VerdictCommand {}
