/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import picocli.CommandLine.Command;

/** {@code weir signals}. */
@Command(
    name = "signals",
    mixinStandardHelpOptions = true,
    description = "What reviews and outcomes teach.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = SignalsExportCommand.class)
final class SignalsCommand {}
