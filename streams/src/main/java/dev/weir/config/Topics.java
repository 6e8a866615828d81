/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Every topic's name, once.
 *
 * @param prefix what all names start with, "weir" unless configured otherwise
 * @param extraSources names of the sources beside the default one
 */
public record Topics(String prefix, List<String> extraSources) {

  /** The default source, which attests nothing. */
  public String actions() {
    return prefix + ".actions";
  }

  /** Every source: the default one and the named ones. */
  public List<String> sources() {
    List<String> sources = new ArrayList<>();
    sources.add(actions());
    extraSources.forEach(name -> sources.add(actions() + '.' + name));
    return List.copyOf(sources);
  }

  /** Records that arrived in another partition than their task's, on their way there. */
  public String rekey() {
    return prefix + ".rekey";
  }

  /** Records that were refused, with the reason. */
  public String deadLetters() {
    return prefix + ".dead-letters";
  }

  /** Notices of records that repeat one already assessed. */
  public String duplicates() {
    return prefix + ".duplicates";
  }

  /** Which agents may perform which reserved classes. */
  public String grants() {
    return prefix + ".grants";
  }

  /** Every action, scored and decided. */
  public String assessments() {
    return prefix + ".assessments";
  }

  /** Requests for review. */
  public String escalations() {
    return prefix + ".escalations";
  }

  /** Requests for review above their ceiling, which wait. */
  public String waiting() {
    return prefix + ".escalations.waiting";
  }

  /** What became of proposals, for the agents that wait. */
  public String dispositions() {
    return prefix + ".dispositions";
  }

  /** What was denied to one agent and given to another. */
  public String handovers() {
    return prefix + ".handovers";
  }

  /** Reviewers' verdicts, and Weir's notices that a deadline has passed. */
  public String verdicts() {
    return prefix + ".verdicts";
  }

  /** Who may answer which tier; one partition. */
  public String reviewers() {
    return prefix + ".reviewers";
  }

  /** What actions turned out to be, as reporters tell. */
  public String outcomes() {
    return prefix + ".outcomes";
  }

  /** Reviews that have ended, and outcomes, ready for training. */
  public String signals() {
    return prefix + ".signals";
  }

  /** Each task's risk so far. */
  public String taskRisk() {
    return prefix + ".task-risk";
  }

  /** What each partition has seen and spent; one partition. */
  public String exposure() {
    return prefix + ".exposure";
  }

  /** The fleet's price; one partition. */
  public String prices() {
    return prefix + ".prices";
  }

  /** How concentrated the fleet's risk is; one partition. */
  public String concentration() {
    return prefix + ".concentration";
  }

  /** Commitments to the keys of chance, and the keys once their epochs are over; one partition. */
  public String chance() {
    return prefix + ".chance";
  }

  /** What each hour came to; one partition. */
  public String ledger() {
    return prefix + ".ledger";
  }

  /** What each partition has to tell of agents. */
  public String agentExposure() {
    return prefix + ".agent-exposure";
  }

  /** Agents near or over their line; one partition. */
  public String agentRecord() {
    return prefix + ".agent-record";
  }

  /** Policies as published, and which of them counts; one partition. */
  public String policies() {
    return prefix + ".policies";
  }

  /** Samples of where a policy in shadow judges otherwise. */
  public String shadow() {
    return prefix + ".shadow";
  }
}
