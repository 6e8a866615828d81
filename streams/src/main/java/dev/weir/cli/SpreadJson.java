/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.budget.TailIndices;
import dev.weir.event.Distribution;
import dev.weir.event.LeadingAction;
import dev.weir.event.TailIndex;
import dev.weir.event.Viability;

/** How concentrated risk is, in JSON. What was not told is left out. */
final class SpreadJson {
  private SpreadJson() {}

  static void put(ObjectNode document, Spread spread) {
    ObjectNode node = document.putObject("concentration");
    put(node.putObject("actions"), spread.actions());
    if (spread.tasks() != null) {
      put(node.putObject("tasks"), spread.tasks());
    }
    if (spread.agents() != null) {
      put(node.putObject("agents"), spread.agents());
    }
    if (spread.topRule() != null) {
      node.putObject("top_rule")
          .put("rule", spread.topRule().getRule())
          .put("share", spread.topRule().getShare());
    }
    if (!spread.worst().isEmpty()) {
      node.put("top_ten_share", spread.topTenShare());
      ArrayNode worst = node.putArray("worst");
      spread.worst().forEach(action -> put(worst.addObject(), action));
    }
    node.putNull("confirmed");
    put(node.putObject("viability"), spread.viability());
  }

  private static void put(ObjectNode node, Distribution distribution) {
    node.put("count", distribution.getCount())
        .put("gini", distribution.getGini())
        .put("top_1_percent", distribution.getTop1Percent())
        .put("top_0_1_percent", distribution.getTop01Percent());
    ArrayNode lorenz = node.putArray("lorenz");
    distribution
        .getLorenz()
        .forEach(point -> lorenz.addArray().add(point.getCountShare()).add(point.getMassShare()));
    TailIndex tail = distribution.getTail();
    if (tail == null) {
      node.putNull("tail");
    } else {
      node.putObject("tail")
          .put("index", tail.getIndex())
          .put("standard_error", tail.getStandardError())
          .put("exceedances", tail.getExceedances())
          .put("warning", TailIndices.warning(tail.getMeaning()));
    }
  }

  private static void put(ObjectNode node, LeadingAction action) {
    node.put("event_id", action.getEventId())
        .put("task_id", action.getTaskId())
        .put("agent_id", action.getAgentId())
        .put("tool", action.getTool())
        .put("rule", action.getRule())
        .put("risk", action.getRisk());
  }

  private static void put(ObjectNode node, Viability viability) {
    node.put("answer", Words.lower(viability.getAnswer()))
        .put("audits", viability.getAudits())
        .put("captured", viability.getCaptured());
  }
}
