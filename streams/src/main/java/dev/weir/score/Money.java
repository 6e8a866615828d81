/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.score.Arguments.Leaf;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Amounts of money: numbers under the names that tools give them. */
final class Money {
  private static final Set<String> AMOUNT_NAMES =
      Set.of(
          "amount",
          "total",
          "value",
          "sum",
          "payment",
          "cost",
          "fee",
          "budget",
          "donation",
          "salary",
          "balance");
  private static final Set<String> PRICE_NAMES = Set.of("price", "rate");
  private static final Set<String> QUANTITY_NAMES =
      Set.of("quantity", "qty", "units", "shares", "count");
  private static final Set<String> BOUND_NAMES =
      Set.of(
          "min", "max", "limit", "minimum", "maximum", "range", "id", "method", "date", "type",
          "results");

  private Money() {}

  static Map<Fact, Object> read(Arguments arguments) {
    double amount = -1;
    double price = -1;
    double quantity = 1;
    for (Leaf leaf : arguments.leaves()) {
      if (leaf.isNamed(BOUND_NAMES)) {
        continue;
      }
      boolean isAmount = leaf.isNamed(AMOUNT_NAMES);
      boolean isPrice = leaf.isNamed(PRICE_NAMES);
      boolean isQuantity = leaf.isNamed(QUANTITY_NAMES);
      if (isAmount || isPrice || isQuantity) {
        Double number = Numbers.of(leaf.value());
        double size = number == null ? -1 : Math.min(Math.abs(number), 1e15);
        amount = isAmount ? Math.max(amount, size) : amount;
        price = isPrice ? Math.max(price, size) : price;
        quantity = isQuantity ? Math.max(quantity, size) : quantity;
      }
    }
    double worth = Math.max(amount, price < 0 ? -1 : price * quantity);
    if (worth < 0) {
      return Map.of();
    }
    Map<Fact, Object> facts = new EnumMap<>(Fact.class);
    facts.put(MONEY_PRESENT, true);
    facts.put(MONEY_AMOUNT, worth);
    return facts;
  }
}
