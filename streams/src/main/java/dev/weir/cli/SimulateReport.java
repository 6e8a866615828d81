/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.budget.Estimate;
import dev.weir.budget.MissedRisk;
import dev.weir.event.Concentration;
import dev.weir.policy.Policy;
import dev.weir.simulate.AuditResult;
import dev.weir.simulate.SimulationResult;
import dev.weir.simulate.WindowResult;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What came of simulated runs: one in full, a row of a table, or JSON. */
final class SimulateReport {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SimulateReport() {}

  static String text(SimulationResult result) {
    StringBuilder text = new StringBuilder();
    line(
        text, "%s: %s", result.settings().scenario().label(), result.settings().scenario().about());
    line(
        text,
        "%,d actions over %d partitions, %,d reviews and %,d audits, spend %.3f of the budget and"
            + " %.3f for lines, %.1f s",
        result.settings().actions(),
        result.settings().partitions(),
        result.reviews(),
        audits(result),
        result.taxRatio(),
        result.lineRatio(),
        result.seconds());
    audit(text, result.audit());
    line(text, "");
    line(
        text,
        "%10s %8s %10s %9s %8s %10s %7s %9s %14s",
        "actions",
        "reviews",
        "mandatory",
        "waiting",
        "full",
        "tax ratio",
        "lines",
        "capture",
        "true capture");
    for (WindowResult window : result.windows()) {
      line(
          text,
          "%,10d %,8d %,10d %,9d %,8d %10.3f %7.3f %9.3f %14.3f",
          window.actions(),
          window.reviews(),
          window.mandatory(),
          window.waiting(),
          window.full(),
          window.taxRatio(),
          window.lineRatio(),
          window.captureRatio(),
          window.trueCaptureRatio());
    }
    line(text, "");
    SimulationResult.Sums sums = result.sums();
    line(
        text,
        "lines: %d escalations of tasks, the largest sum without a review %.2f of the line; %d of"
            + " agents, %.2f.",
        sums.tasks(),
        sums.task(),
        sums.agents(),
        sums.agent());
    line(
        text,
        "mandatory: reviews whatever the price; waiting: actions above their ceiling; full: tiers"
            + " without room.");
    line(
        text,
        "tax ratio, lines: spend over the window's budget, on what it pays for, and on lines."
            + " capture: asserted mass that reviews hold, times");
    text.append(
        "assurance, over the most that the same spend could; true capture: the same of the mass as"
            + " it is.");
    return text.toString();
  }

  private static int audits(SimulationResult result) {
    AuditResult audit = result.audit();
    return audit == null ? 0 : audit.audits();
  }

  private static void audit(StringBuilder text, @Nullable AuditResult audit) {
    MissedRisk missed = audit == null ? null : audit.missed();
    if (audit != null && missed != null) {
      line(
          text,
          "missed: %.3f %% of what passed was harmful; audits, %,d of them confirmed, say %.3f %%"
              + " [%.3f, %.3f]",
          100 * audit.rate(),
          audit.confirmed(),
          100 * missed.rate().value(),
          100 * missed.rate().once().low(),
          100 * missed.rate().once().high());
      line(
          text,
          "missed mass: %.4g LU an action; audits say %.4g [%.4g, %.4g]",
          audit.mass(),
          missed.mass().value(),
          missed.mass().once().low(),
          missed.mass().once().high());
    }
  }

  static String row(SimulationResult result, boolean headed) {
    DoubleSummaryStatistics tax = over(result, WindowResult::taxRatio);
    DoubleSummaryStatistics capture = over(result, WindowResult::captureRatio);
    DoubleSummaryStatistics truth = over(result, WindowResult::trueCaptureRatio);
    String head =
        String.format(
            Locale.ROOT,
            "%-14s %7s %13s %7s %9s %9s %7s %9s %14s %14s%n",
            "scenario",
            "tax",
            "windows",
            "lines",
            "capture",
            "lowest",
            "true",
            "others",
            "tasks over",
            "agents over");
    return (headed ? head : "")
        + String.format(
            Locale.ROOT,
            "%-14s %7.3f %6.3f-%6.3f %7.3f %9.3f %9.3f %7.3f %8.4f%% %6d at %4.2f %6d at %4.2f",
            result.settings().scenario().label(),
            result.taxRatio(),
            tax.getMin(),
            tax.getMax(),
            result.lineRatio(),
            capture.getAverage(),
            capture.getMin(),
            truth.getAverage(),
            100 * result.othersReviewed(),
            result.sums().tasks(),
            result.sums().task(),
            result.sums().agents(),
            result.sums().agent());
  }

  static String json(Policy policy, SimulationResult result) throws JsonProcessingException {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document(policy, result));
  }

  static String json(Policy policy, List<SimulationResult> results) throws JsonProcessingException {
    ArrayNode all = MAPPER.createArrayNode();
    results.forEach(result -> all.add(document(policy, result)));
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }

  private static ObjectNode document(Policy policy, SimulationResult result) {
    ObjectNode document = MAPPER.createObjectNode();
    document
        .put("scenario", result.settings().scenario().label())
        .put("seed", result.settings().seed());
    document.putObject("policy").put("id", policy.id()).put("digest", policy.digestHex());
    document
        .putObject("actions")
        .put("read", result.settings().actions())
        .put("assessed", result.settings().actions());
    int mandatory = result.windows().stream().mapToInt(WindowResult::mandatory).sum();
    SimulationResult.Sums sums = result.sums();
    ObjectNode escalations =
        document
            .putObject("escalations")
            .put("total", result.reviews() + audits(result) + sums.tasks() + sums.agents())
            .put("mandatory", mandatory)
            .put("priced", result.reviews() - mandatory)
            .put("waiting", result.windows().stream().mapToInt(WindowResult::waiting).sum())
            .put("audit", audits(result))
            .put("task", sums.tasks())
            .put("agent", sums.agents());
    ObjectNode tiers = escalations.putObject("by_tier");
    result.byTier().forEach(tiers::put);
    document
        .putObject("tax")
        .put("budget", policy.budget().tax())
        .put("realised", result.taxRatio() * policy.budget().tax())
        .put("lines", result.lineRatio() * policy.budget().tax());
    SimulationResult.Mass mass = result.mass();
    document
        .putObject("mass")
        .put("total", mass.asserted())
        .put("captured_share", share(mass.captured(), mass.asserted()));
    document
        .putObject("lines")
        .put("largest_task", sums.task())
        .put("largest_agent", sums.agent())
        .put("agent_reports", sums.reports());
    Concentration concentration = result.concentration();
    if (concentration != null) {
      SpreadJson.put(document, spread(concentration));
    }
    document
        .putObject("truth")
        .put("mass", mass.actual())
        .put("captured_share", share(mass.actualCaptured(), mass.actual()))
        .put("others_reviewed", result.othersReviewed());
    missed(document, result.audit());
    windows(document.putArray("windows"), result.windows());
    return document.put("wall_seconds", result.seconds());
  }

  private static void windows(ArrayNode to, List<WindowResult> windows) {
    for (WindowResult window : windows) {
      to.addObject()
          .put("actions", window.actions())
          .put("reviews", window.reviews())
          .put("mandatory", window.mandatory())
          .put("waiting", window.waiting())
          .put("full", window.full())
          .put("tax_ratio", window.taxRatio())
          .put("line_ratio", window.lineRatio())
          .put("capture_ratio", window.captureRatio())
          .put("true_capture_ratio", window.trueCaptureRatio());
    }
  }

  private static void missed(ObjectNode document, @Nullable AuditResult audit) {
    MissedRisk missed = audit == null ? null : audit.missed();
    if (audit != null && missed != null) {
      ObjectNode node = document.putObject("missed").put("confirmed", audit.confirmed());
      put(node.putObject("rate"), audit.rate(), missed.rate());
      put(node.putObject("mass"), audit.mass(), missed.mass());
    }
  }

  private static void put(ObjectNode node, double truth, Estimate estimate) {
    node.put("true", truth)
        .put("estimate", estimate.value())
        .put("low", estimate.once().low())
        .put("high", estimate.once().high());
  }

  /** Rules and single actions have no names in a simulation. */
  private static Spread spread(Concentration concentration) {
    return new Spread(
        concentration.getActions(),
        concentration.getTasks(),
        concentration.getAgents(),
        null,
        0,
        List.of(),
        concentration.getViability());
  }

  private static double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }

  private static DoubleSummaryStatistics over(
      SimulationResult result, ToDoubleFunction<WindowResult> figure) {
    return result.windows().stream().mapToDouble(figure).summaryStatistics();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
