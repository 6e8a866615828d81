/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import picocli.CommandLine.Command;

/** {@code weir probes}. */
@Command(
    name = "probes",
    mixinStandardHelpOptions = true,
    description = "Actions whose right verdict is known, planted among those that are reviewed.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ProbesCheckCommand.class)
final class ProbesCommand {}
