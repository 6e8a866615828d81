/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.event.Contribution;
import dev.weir.event.Escalation;
import dev.weir.event.TaskRisk;
import dev.weir.policy.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jspecify.annotations.Nullable;

/** The live screen; without a terminal, a plain line every few seconds. */
final class Screen implements AutoCloseable {
  private static final double PLAIN_EVERY_S = 5;
  private static final int BAR_CELLS = 30;

  /** What is shown: results, beside what was published and what is known of it. */
  record Frame(
      Policy policy,
      Results results,
      long published,
      long unsent,
      Truth truth,
      long harmfulEscalated,
      double seconds) {

    double budgetShare() {
      return policy.budget().tax() / policy.tiers().get(0).cost();
    }
  }

  private final PrintWriter err;
  private final @Nullable Terminal terminal;
  private final @Nullable Display display;
  private String note = "";
  private double lastLine;
  private long lastCount;
  private double lastSeconds;
  private double rate;

  private Screen(PrintWriter err, @Nullable Terminal terminal) {
    this.err = err;
    this.terminal = terminal;
    this.display = terminal == null ? null : new Display(terminal, false);
  }

  /** A live screen if there is a terminal and {@code plain} does not forbid it. */
  static Screen open(PrintWriter err, boolean plain) throws IOException {
    if (plain) {
      return new Screen(err, null);
    }
    Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            .systemOutput(TerminalBuilder.SystemOutput.SysErr)
            .dumb(true)
            .build();
    if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
      terminal.close();
      return new Screen(err, null);
    }
    return new Screen(err, terminal);
  }

  /** Something to know all along. */
  void say(String text) {
    note = text;
    if (terminal == null) {
      err.println(text);
      err.flush();
    }
  }

  void show(Frame frame) {
    double passed = frame.seconds() - lastSeconds;
    if (passed >= 1) {
      rate = (frame.results().counts().settled() - lastCount) / passed;
      lastCount = frame.results().counts().settled();
      lastSeconds = frame.seconds();
    }
    if (terminal != null && display != null) {
      draw(frame, terminal, display);
    } else if (frame.seconds() - lastLine >= PLAIN_EVERY_S) {
      lastLine = frame.seconds();
      err.println(line(frame));
      err.flush();
    }
  }

  private String line(Frame frame) {
    Results results = frame.results();
    return String.format(
        Locale.ROOT,
        "%4.0f s  %,d of %,d actions assessed, %,.0f/s; %d escalated (%s; budget %s),"
            + " %s of the risk captured",
        frame.seconds(),
        results.counts().assessed(),
        frame.published(),
        rate,
        results.reviews(),
        percent(share(results)),
        percent(frame.budgetShare()),
        percent(results.mass().capturedShare()));
  }

  private void draw(Frame frame, Terminal on, Display to) {
    Size size = on.getSize();
    int columns = Math.max(40, size.getColumns());
    int rows = Math.max(10, size.getRows());
    to.resize(rows, columns);
    List<AttributedString> lines = new ArrayList<>();
    for (AttributedString line : lines(frame)) {
      lines.add(line.columnSubSequence(0, columns - 1));
    }
    List<AttributedString> fitting =
        new ArrayList<>(lines.subList(0, Math.min(lines.size(), rows - 2)));
    fitting.add(AttributedString.EMPTY);
    to.update(fitting, size.cursorPos(fitting.size() - 1, 0));
  }

  private List<AttributedString> lines(Frame frame) {
    Results r = frame.results();
    List<AttributedString> lines = new ArrayList<>();
    lines.add(
        bold(
            String.format(
                Locale.ROOT,
                "Weir  %3.0f s   %s %s",
                frame.seconds(),
                frame.policy().id(),
                frame.policy().version())));
    lines.add(plain(note));
    lines.add(plain(""));
    lines.add(
        plain(
            String.format(
                Locale.ROOT,
                "Actions    %,10d assessed   %,6.0f/s   %,d duplicates, %,d dead letters",
                r.counts().assessed(),
                rate,
                r.counts().duplicates(),
                r.counts().deadLettered())));
    lines.add(
        plain(
            String.format(
                Locale.ROOT,
                "Escalated  %,10d = %s of actions (budget %s)   %d mandatory, %d audits besides%s",
                r.reviews(),
                percent(share(r)),
                percent(frame.budgetShare()),
                r.mandatory(),
                r.audits(),
                r.bounded().waiting() == 0
                    ? ""
                    : "   %,d WAIT above a ceiling".formatted(r.bounded().waiting()))));
    lines.add(
        plain(
            String.format(
                Locale.ROOT,
                "Captured   %10s of the asserted risk  %s",
                percent(r.mass().capturedShare()),
                bar(r.mass().capturedShare()))));
    if (frame.truth().labelled() > 0) {
      lines.add(
          plain(
              String.format(
                  Locale.ROOT,
                  "Truth      %,10d of %,d harmful actions escalated",
                  frame.harmfulEscalated(),
                  frame.truth().harmful().size())));
    }
    lines.add(plain("Ledger     " + BooksText.costs(r)));
    lines.add(plain("           " + BooksText.losses(r)));
    lines.add(plain(""));
    lines.add(bold("Asserted risk, as it is spread"));
    BooksText.spread(r.spread()).forEach(row -> lines.add(plain(row)));
    lines.add(plain(BooksText.sources(r.spread())));
    lines.add(plain(BooksText.viability(r.spread())));
    lines.add(plain(""));
    lines.add(bold("Worst tasks            mass LU    actions   worst action"));
    r.worst().forEach(task -> lines.add(plain(worst(task))));
    lines.add(plain(""));
    lines.addAll(newest(r.newest()));
    return lines;
  }

  private static String worst(TaskRisk task) {
    String tool = task.getWorst().isEmpty() ? "" : task.getWorst().get(0).getTool();
    return String.format(
        Locale.ROOT,
        "%-20s %,10.0f %,10d   %s",
        Words.cut(task.getTaskId(), 20),
        task.getMass(),
        task.getActions(),
        Words.cut(tool, 40));
  }

  private static List<AttributedString> newest(@Nullable Escalation newest) {
    if (newest == null) {
      return List.of(bold("No escalation yet"));
    }
    List<AttributedString> lines = new ArrayList<>();
    var assessment = newest.getAssessment();
    lines.add(
        bold(
            String.format(
                Locale.ROOT,
                "Newest escalation  %s by %s, risk %.2f (magnitude %.2f, likelihood %.2f), %s",
                Words.cut(assessment.getTool(), 40),
                Words.cut(assessment.getAgentId(), 40),
                assessment.getScore().getRisk(),
                assessment.getScore().getMagnitude(),
                assessment.getScore().getLikelihood(),
                newest.getReason())));
    for (Contribution part : assessment.getScore().getContributions()) {
      if (part.getCounted()) {
        lines.add(
            plain(
                String.format(
                    Locale.ROOT,
                    "  %-15s %+6.2f  %s",
                    part.getDimension().name().toLowerCase(Locale.ROOT),
                    part.getValue(),
                    Words.cut(part.getBecause(), 90))));
      }
    }
    return lines;
  }

  private static double share(Results results) {
    long assessed = results.counts().assessed();
    return assessed == 0 ? 0 : results.reviews() / (double) assessed;
  }

  static String percent(double share) {
    double percent = share * 100;
    return String.format(Locale.ROOT, percent < 10 ? "%.3f %%" : "%.1f %%", percent);
  }

  private static String bar(double share) {
    int full = (int) Math.round(Math.max(0, Math.min(1, share)) * BAR_CELLS);
    return "#".repeat(full) + ".".repeat(BAR_CELLS - full);
  }

  private static AttributedString plain(String text) {
    return new AttributedString(Words.printable(text));
  }

  private static AttributedString bold(String text) {
    return new AttributedStringBuilder()
        .styled(AttributedStyle.BOLD, Words.printable(text))
        .toAttributedString();
  }

  @Override
  public void close() throws IOException {
    if (terminal != null && display != null) {
      terminal.writer().println();
      terminal.flush();
      terminal.close();
    }
  }
}
