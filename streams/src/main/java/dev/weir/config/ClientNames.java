/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

/**
 * What those who work beside the monitors call their groups and transactions, once: ACLs are
 * granted by these names.
 *
 * @param prefix that of the topics
 */
public record ClientNames(String prefix) {

  /** The transactions of registrars, of which there is one at a time. */
  public String registrar() {
    return prefix + "-reviewer";
  }

  /** The transactions of issuers of grants, of which there is one at a time. */
  public String issuer() {
    return prefix + "-grant";
  }

  /** The transactions of publishers of policies, of which there is one at a time. */
  public String publisher() {
    return prefix + "-policy-publish";
  }

  /** What the names of the groups start with by which agents learn what is handed to them. */
  public String vetted() {
    return prefix + "-vetted-";
  }

  /** The group of one vetted agent. */
  public String vetted(String id) {
    return vetted() + id;
  }

  /** What the names of all reviewers' groups and transactions start with. */
  public String reviewers() {
    return prefix + "-review-";
  }

  /** What the names of one reviewer's groups and transactions start with. */
  public String reviewer(String id) {
    return reviewers() + id + "-";
  }

  /** The group of one reviewer's workers for one tier. */
  public String reviewer(String id, String tier) {
    return reviewer(id) + tier;
  }
}
