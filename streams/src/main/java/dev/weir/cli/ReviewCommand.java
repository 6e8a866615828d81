/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import picocli.CommandLine.Command;

/** {@code weir review}. */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    description = "Answers escalations: by a program, a model, or a person at a terminal.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ReviewProgramCommand.class,
      ReviewOpenAiCommand.class,
      ReviewTerminalCommand.class
    })
final class ReviewCommand {}
