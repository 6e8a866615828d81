/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.score.Amounts.Amount;
import dev.weir.score.Arguments.Leaf;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Amounts of money: numbers under the names that tools give them, in about dollars where the
 * currency is known, else as they stand. The largest counts, or price times quantity.
 */
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
          "balance",
          "deposit",
          "bid",
          "stake",
          "principal",
          "premium",
          "bonus",
          "refund",
          "usd",
          "eur",
          "gbp",
          "chf",
          "dollars",
          "payout",
          "gross",
          "award",
          "penalty",
          "fine",
          "rent",
          "worth",
          "betrag",
          "montant",
          "importe",
          "importo",
          "valor",
          "bedrag",
          "kwota");
  private static final Set<String> PRICE_NAMES = Set.of("price", "rate", "preis", "prix", "precio");
  private static final Set<String> QUANTITY_NAMES =
      Set.of("quantity", "qty", "units", "shares", "count", "size", "volume", "lots", "menge");
  private static final Set<String> BOUND_NAMES =
      Set.of(
          "min", "max", "limit", "minimum", "maximum", "range", "id", "method", "date", "type",
          "results", "key", "name", "page", "text", "new", "old", "format", "status");
  private static final Set<String> CURRENCY_NAMES =
      Set.of("currency", "asset", "coin", "token", "unit", "ccy", "währung", "devise", "moneda");
  private static final Set<String> PAIR_NAMES = Set.of("pair", "symbol", "instrument", "market");

  private static final Set<String> PROSE_NAMES =
      Set.of(
          "text",
          "body",
          "message",
          "content",
          "query",
          "code",
          "script",
          "command",
          "comment",
          "description",
          "note",
          "search",
          "sql");

  /** Beside these names card processors count in the currency's smallest unit. */
  private static final Set<String> MINOR =
      Set.of("payment_intent", "paymentintent", "charge", "amount_minor", "payment_method_id");

  private static final int MAX_MENTION = 120;
  private static final int MAX_WORDS = 30;

  private double mentioned = -1;
  private double amount = -1;
  private double price = -1;
  private double quantity = -1;
  private double percent = -1;
  private String currency = "";
  private String base = "";
  private boolean cents;

  private Money() {}

  static Map<Fact, Object> read(Arguments arguments) {
    Money money = new Money();
    for (Leaf leaf : arguments.leaves()) {
      money.read(leaf);
    }
    return money.facts();
  }

  private void read(Leaf leaf) {
    List<String> words = leaf.words();
    cents |= MINOR.contains(leaf.key());
    boolean isAmount = leaf.isNamed(AMOUNT_NAMES);
    boolean isPrice = leaf.isNamed(PRICE_NAMES);
    boolean isQuantity = leaf.isNamed(QUANTITY_NAMES);
    if (leaf.isNamed(CURRENCY_NAMES) && leaf.text().length() < 12) {
      currency = currency.isEmpty() ? Words.normal(leaf.text().strip()) : currency;
    } else if (leaf.isNamed(PAIR_NAMES)) {
      base = base.isEmpty() ? Amounts.base(leaf.text()) : base;
    }
    if (!(isAmount || isPrice || isQuantity) || leaf.isNamed(BOUND_NAMES)) {
      mentioned = Math.max(mentioned, leaf.isNamed(PROSE_NAMES) ? -1 : mentioned(leaf.text()));
      return;
    }
    Amount found = Amounts.of(leaf.value());
    if (found == null) {
      return;
    }
    if (found.percent()) {
      percent = Math.max(percent, found.number());
      return;
    }
    currency = found.currency().isEmpty() ? currency : found.currency();
    cents |= words.contains("cents") || words.contains("minor");
    amount = isAmount ? Math.max(amount, found.number()) : amount;
    price = isPrice ? Math.max(price, found.number()) : price;
    quantity = isQuantity ? Math.max(quantity, found.number()) : quantity;
  }

  /** The largest sum that a short text names with its currency, in dollars, or -1. */
  private static double mentioned(String text) {
    double largest = -1;
    int at = text.length() > MAX_MENTION ? -1 : text.indexOf(' ');
    if (at < 0) {
      return -1;
    }
    String[] words = text.split(" ", MAX_WORDS);
    for (int i = 0; i + 1 < words.length; i++) {
      boolean code = words[i].length() == 3 && Amounts.dollars(Words.normal(words[i])) != null;
      Amount sum = code ? Amounts.of(words[i] + ' ' + words[i + 1]) : null;
      Double rate = sum == null ? null : Amounts.dollars(sum.currency());
      largest = sum == null || rate == null ? largest : Math.max(largest, sum.number() * rate);
    }
    return largest;
  }

  private Map<Fact, Object> facts() {
    double worth = worth();
    if (worth < 0 && percent < 0) {
      return Map.of();
    }
    Map<Fact, Object> facts = new FactMap();
    if (worth >= 0) {
      facts.put(MONEY_PRESENT, true);
      facts.put(MONEY_AMOUNT, worth);
      facts.put(MONEY_STATED, stated());
      facts.put(MONEY_CURRENCY, currency);
    }
    if (percent >= 0) {
      facts.put(MONEY_PRESENT, true);
      facts.put(MONEY_PERCENT, percent);
    }
    return facts;
  }

  private double stated() {
    double priced = price < 0 ? -1 : price * Math.max(1, quantity);
    return Math.max(amount, priced < 0 ? quantity : priced);
  }

  private double worth() {
    Double rate = Amounts.dollars(currency);
    double unit = (rate == null ? 1 : rate) * (cents ? 0.01 : 1);
    double priced = price < 0 ? -1 : price * Math.max(1, quantity < 0 ? 1 : quantity) * unit;
    Double baseRate = Amounts.dollars(base);
    double held = quantity < 0 || price >= 0 || baseRate == null ? -1 : quantity * baseRate;
    double said = amount < 0 ? -1 : amount * (rate == null && baseRate != null ? baseRate : unit);
    double worth = Math.max(said, Math.max(priced, held));
    return worth < 0 ? mentioned : worth;
  }
}
