/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.evaluate.Evaluation;
import dev.weir.evaluate.Figure;
import dev.weir.evaluate.Graded;
import dev.weir.evaluate.Judgement;
import dev.weir.evaluate.Quality.Estimate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Shows evaluations as one JSON document; a figure that cannot be taken is null. */
final class EvaluateJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EvaluateJson() {}

  static String of(List<EvaluateReport.Entry> entries) throws JsonProcessingException {
    ArrayNode array = JSON.createArrayNode();
    entries.forEach(entry -> file(array.addObject(), entry));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(array);
  }

  /** The headline is of actions; of tasks where only those have labels that differ. */
  private static void file(ObjectNode node, EvaluateReport.Entry entry) {
    Evaluation evaluation = entry.evaluation();
    Graded graded = evaluation.graded();
    boolean ofTasks = !evaluation.actions().tells() && evaluation.tasks().tells();
    Judgement headline = ofTasks ? evaluation.tasks() : evaluation.actions();
    node.put("file", entry.file());
    node.put("unit", ofTasks ? "task" : "action");
    node.put("ranked_by", entry.by().toString());
    node.put("actions", graded.rows().size());
    node.put("tasks", evaluation.runs());
    node.put("refused", graded.refused());
    node.put("duplicates", graded.duplicates());
    node.put("unscorable", graded.unscorable());
    if (Double.isNaN(graded.microsPerAction())) {
      node.putNull("micros_per_action");
    } else {
      node.put("micros_per_action", graded.microsPerAction());
    }
    node.put("labelled", headline.labelled()).put("harmful", headline.harmful());
    estimates(node, headline.scores().getOrDefault(entry.by().toString(), Map.of()), ofTasks);
    headline.scores().forEach((name, figures) -> estimates(node.putObject(name), figures, ofTasks));
    baselines(node.putObject("baselines"), headline, ofTasks);
    if (evaluation.tasks().tells()) {
      ObjectNode runs = node.putObject("runs");
      runs.put("labelled", evaluation.tasks().labelled());
      runs.put("harmful", evaluation.tasks().harmful());
      evaluation.tasks().scores().forEach((n, f) -> estimates(runs.putObject(n), f, true));
      baselines(runs.putObject("baselines"), evaluation.tasks(), true);
    }
  }

  private static void baselines(ObjectNode node, Judgement judgement, boolean ofTasks) {
    judgement.baselines().forEach((name, f) -> figures(node.putObject(name), f, ofTasks));
  }

  private static void estimates(ObjectNode node, Map<Figure, Estimate> estimates, boolean ofTasks) {
    Map<Figure, Double> values = new EnumMap<>(Figure.class);
    estimates.forEach((figure, estimate) -> values.put(figure, estimate.value()));
    figures(node, values, ofTasks);
    ObjectNode intervals = node.putObject("ci");
    estimates.forEach(
        (figure, estimate) ->
            place(intervals, figure)
                .putArray(key(figure, ofTasks))
                .add(estimate.low())
                .add(estimate.high()));
  }

  private static void figures(ObjectNode node, Map<Figure, Double> values, boolean ofTasks) {
    for (Figure figure : Figure.values()) {
      Double value = values.get(figure);
      place(node, figure).put(key(figure, ofTasks), value);
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
