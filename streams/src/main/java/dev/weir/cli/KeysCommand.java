/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.policy.publish.Ed25519;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir keys}. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description =
        "Makes and shows the keys that policies, reviewers, grants and verdicts are signed with.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {KeysCommand.Generate.class, KeysCommand.Show.class})
final class KeysCommand {
  private static final String PUBLIC_ENDING = ".pub";

  /** {@code weir keys generate}. */
  @Command(
      name = "generate",
      mixinStandardHelpOptions = true,
      description = {
        "Makes an Ed25519 key in FILE and its public half in FILE.pub.",
        "The private one is PKCS #8 in PEM, readable by you alone. Overwrites nothing."
      })
  static final class Generate implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Where the private key goes.")
    @SuppressWarnings("NullAway.Init")
    Path file;

    @Override
    public Integer call() throws IOException {
      KeyPair pair = Ed25519.generate();
      write(file, Ed25519.pem(pair.getPrivate()), "rw-------");
      write(publicFile(file), Ed25519.pem(pair.getPublic()), "rw-r--r--");
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "wrote %s (keep it) and %s; the line for weir.properties, if it is a publisher's:%n",
          file, publicFile(file));
      err.flush();
      print(spec, WeirConfig.POLICY_PUBLISHERS, file, pair.getPublic());
      return 0;
    }
  }

  /** {@code weir keys show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "Prints a public key as policy.publishers, review.registrars or grant.issuers takes it.")
  static final class Show implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Parameters(
        paramLabel = "FILE",
        description = "A public key, or a private one beside its .pub.")
    @SuppressWarnings("NullAway.Init")
    Path file;

    @ArgGroup private @Nullable Other other;

    /** Who signs something else than policies. */
    static final class Other {
      @Option(names = "--registrar", description = "Print it for review.registrars.")
      boolean registrar;

      @Option(names = "--issuer", description = "Print it for grant.issuers.")
      boolean issuer;

      String setting() {
        return issuer ? WeirConfig.GRANT_ISSUERS : WeirConfig.REVIEW_REGISTRARS;
      }
    }

    @Override
    public Integer call() throws IOException {
      Path beside = publicFile(file);
      Path from = Files.isReadable(beside) ? beside : file;
      if (!Files.isReadable(from)) {
        throw new CommandFailedException("there is no readable file " + from);
      }
      try {
        print(
            spec,
            other == null ? WeirConfig.POLICY_PUBLISHERS : other.setting(),
            file,
            Ed25519.publicKey(Files.readString(from)));
      } catch (IllegalArgumentException e) {
        throw new CommandFailedException("%s holds %s".formatted(from, e.getMessage()));
      }
      return 0;
    }
  }

  private static Path publicFile(Path file) {
    return file.resolveSibling(file.getFileName() + PUBLIC_ENDING);
  }

  private static void print(CommandSpec spec, String setting, Path file, PublicKey key) {
    String name = String.valueOf(file.getFileName());
    int dot = name.indexOf('.');
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s=%s=%s%n", setting, dot > 0 ? name.substring(0, dot) : name, Ed25519.base64(key));
    out.flush();
  }

  /** With its permissions from the first moment on. */
  private static void write(Path file, String text, String permissions) throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
            }
            : new FileAttribute<?>[0];
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel = Files.newByteChannel(file, options, attributes)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailedException("%s is there already; name another".formatted(file));
    }
  }
}
