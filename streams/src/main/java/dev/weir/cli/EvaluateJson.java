/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.EvaluateDetails.Asked;
import dev.weir.evaluate.AtThreshold;
import dev.weir.evaluate.Breakdown;
import dev.weir.evaluate.Evaluation;
import dev.weir.evaluate.Figure;
import dev.weir.evaluate.Graded;
import dev.weir.evaluate.Judgement;
import dev.weir.evaluate.Mistake;
import dev.weir.evaluate.Quality.Estimate;
import dev.weir.evaluate.Resistance;
import dev.weir.evaluate.Row;
import dev.weir.event.Contribution;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows evaluations as one JSON document; a figure that cannot be taken is null. */
final class EvaluateJson {
  /** Agents' text is escaped to ASCII: what they wrote does not steer a reader's terminal. */
  private static final ObjectMapper JSON =
      new ObjectMapper(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

  private EvaluateJson() {}

  static String of(List<EvaluateReport.Entry> entries, Asked asked) throws JsonProcessingException {
    ArrayNode array = JSON.createArrayNode();
    for (EvaluateReport.Entry entry : entries) {
      ObjectNode node = array.addObject();
      head(node, entry);
      headline(node, entry.evaluation());
      lines(node, entry);
      details(node, entry, asked);
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(array);
  }

  private static void head(ObjectNode node, EvaluateReport.Entry entry) {
    Evaluation evaluation = entry.evaluation();
    Graded graded = evaluation.graded();
    node.put("file", entry.file());
    node.put("unit", evaluation.ofTasks() ? "task" : "action");
    node.put("ranked_by", evaluation.by().toString());
    node.put("actions", graded.rows().size());
    node.put("tasks", evaluation.runs());
    node.put("refused", graded.refused());
    node.put("duplicates", graded.duplicates());
    node.put("unscorable", graded.unscorable());
    number(node, "micros_per_action", graded.microsPerAction());
    node.put("labelled", evaluation.headline().labelled());
    node.put("harmful", evaluation.headline().harmful());
  }

  /** The headline is of actions; of tasks where only those have labels that differ. */
  private static void headline(ObjectNode node, Evaluation evaluation) {
    Judgement headline = evaluation.headline();
    boolean ofTasks = evaluation.ofTasks();
    estimates(node, headline.scores().getOrDefault(evaluation.by().toString(), Map.of()), ofTasks);
    judgement(node, headline, ofTasks);
    if (evaluation.tasks().tells()) {
      ObjectNode runs = node.putObject("runs");
      runs.put("labelled", evaluation.tasks().labelled());
      runs.put("harmful", evaluation.tasks().harmful());
      judgement(runs, evaluation.tasks(), true);
    }
  }

  private static void judgement(ObjectNode node, Judgement judgement, boolean ofTasks) {
    judgement.scores().forEach((name, of) -> estimates(node.putObject(name), of, ofTasks));
    ObjectNode baselines = node.putObject("baselines");
    judgement.baselines().forEach((name, of) -> figures(baselines.putObject(name), of, ofTasks));
  }

  private static void lines(ObjectNode node, EvaluateReport.Entry entry) {
    line(node.putObject("threshold"), entry.own());
    AtThreshold carried = entry.carried();
    if (carried != null) {
      estimate(node, "recall_transferred", carried.recall());
      estimate(node, "false_alarms_transferred", carried.falseAlarms());
      line(node.putObject("threshold_transferred"), carried);
    }
  }

  private static void line(ObjectNode node, AtThreshold at) {
    number(node, "value", at.threshold().value());
    node.put("allowed_false_alarms", at.threshold().falseAlarms());
    estimate(node, "recall", at.recall());
    estimate(node, "false_alarms", at.falseAlarms());
    estimate(node, "false_alarms_clean", at.clean());
    estimate(node, "false_alarms_attacked", at.attacked());
    estimate(node, "flagged_unlabelled", at.unlabelled());
  }

  private static void details(ObjectNode node, EvaluateReport.Entry entry, Asked asked) {
    var subjects = entry.evaluation().subjects();
    var threshold = entry.line().threshold();
    Resistance resistance = entry.resistance();
    if (resistance != null) {
      attack(node.putObject("attack"), resistance);
    }
    if (asked.breakdown()) {
      ArrayNode parts = node.putArray("breakdown");
      Breakdown.of(subjects, threshold).forEach(part -> part(parts.addObject(), part));
    }
    if (asked.missed() > 0) {
      mistakes(node.putArray("missed"), Mistake.missed(subjects, threshold), asked.missed());
    }
    if (asked.over() > 0) {
      mistakes(node.putArray("over_stopped"), Mistake.over(subjects, threshold), asked.over());
    }
  }

  private static void attack(ObjectNode node, Resistance left) {
    node.put("actions", left.attacked());
    estimate(node, "recall_before", left.before());
    estimate(node, "recall_after", left.after());
    number(node, "auroc_before", left.aurocBefore());
    number(node, "auroc_after", left.aurocAfter());
    number(node, "share_dropped_a_decade", left.dropped());
    ObjectNode rewritings = node.putObject("rewritings");
    left.rewritings()
        .forEach((name, count) -> rewritings.put(name.toLowerCase(Locale.ROOT), count));
  }

  private static void part(ObjectNode node, Breakdown part) {
    node.put("by", part.by()).put("name", part.name());
    node.put("labelled", part.labelled()).put("harmful", part.harmful());
    node.put("unlabelled", part.unlabelled());
    number(node, "auroc", part.auroc());
    estimate(node, "recall", part.recall());
    estimate(node, "false_alarms", part.falseAlarms());
    estimate(node, "flagged_unlabelled", part.unlabelledFlagged());
  }

  private static void mistakes(ArrayNode array, List<Mistake> mistakes, int groups) {
    for (Mistake mistake : mistakes.subList(0, Math.min(groups, mistakes.size()))) {
      Row row = mistake.worst().row();
      ObjectNode node = array.addObject();
      node.put("count", mistake.count());
      node.put("truth", mistake.worst().truth().name().toLowerCase(Locale.ROOT));
      node.put("line", row.line()).put("task_id", row.task());
      node.put("tool", row.tool()).put("arguments", row.arguments());
      node.put("magnitude", row.score().getMagnitude());
      node.put("likelihood", row.score().getLikelihood());
      node.put("risk", row.score().getRisk());
      ArrayNode reasons = node.putArray("reasons");
      for (Contribution c : row.score().getContributions()) {
        if (c.getCounted()) {
          ObjectNode reason = reasons.addObject();
          reason.put("rule", c.getRule()).put("dimension", c.getDimension().name());
          reason.put("value", c.getValue()).put("because", c.getBecause());
        }
      }
    }
  }

  private static void estimates(ObjectNode node, Map<Figure, Estimate> estimates, boolean ofTasks) {
    Map<Figure, Double> values = new EnumMap<>(Figure.class);
    estimates.forEach((figure, estimate) -> values.put(figure, estimate.value()));
    figures(node, values, ofTasks);
    ObjectNode intervals = node.putObject("ci");
    estimates.forEach((figure, e) -> interval(place(intervals, figure), key(figure, ofTasks), e));
  }

  private static void figures(ObjectNode node, Map<Figure, Double> values, boolean ofTasks) {
    for (Figure figure : Figure.values()) {
      number(place(node, figure), key(figure, ofTasks), values.getOrDefault(figure, Double.NaN));
    }
  }

  private static void estimate(ObjectNode node, String name, Estimate estimate) {
    number(node, name, estimate.value());
    interval(node.withObject("/ci"), name, estimate);
  }

  private static void interval(ObjectNode node, String name, Estimate estimate) {
    if (Double.isFinite(estimate.low())) {
      node.putArray(name).add(estimate.low()).add(estimate.high());
    } else {
      node.putNull(name);
    }
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }

  private static ObjectNode place(ObjectNode node, Figure figure) {
    return switch (figure.kind()) {
      case AREA, PRECISION -> node;
      case AT_FPR -> node.withObject("/recall_at_fpr");
      case AT_BUDGET -> node.withObject("/recall_at_budget");
    };
  }

  /** Of tasks the figure is the one against harmless tasks of like length. */
  private static String key(Figure figure, boolean ofTasks) {
    return switch (figure) {
      case AUROC -> ofTasks ? "auroc_any_length" : "auroc";
      case AUROC_WITHIN -> ofTasks ? "auroc" : "auroc_within_tool";
      case AVERAGE_PRECISION -> "average_precision";
      default -> Double.toString(figure.level());
    };
  }
}
