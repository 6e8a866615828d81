/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import picocli.CommandLine.Command;

/** {@code weir grant}. */
@Command(
    name = "grant",
    mixinStandardHelpOptions = true,
    description = "Grants vetted agents what a policy reserves for them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {GrantIssueCommand.class, GrantListCommand.class, GrantRevokeCommand.class})
final class GrantCommand {}
