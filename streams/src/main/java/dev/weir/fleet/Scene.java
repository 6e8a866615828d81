/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.fleet;

import java.util.Locale;
import java.util.SplittableRandom;

/** The random facts of one task's world: people, firms, hosts, sums. Equal seeds, equal facts. */
final class Scene {
  private static final String[] FIRST = {
    "Ada", "Bela", "Chen", "Dara", "Emil", "Fatima", "Goran", "Hana", "Ivo", "Jun", "Katya", "Leo",
    "Maya", "Nils", "Olu", "Priya", "Quinn", "Rosa", "Samir", "Tess"
  };
  private static final String[] LAST = {
    "Abe", "Berg", "Costa", "Diaz", "Endo", "Fischer", "Gupta", "Haas", "Ito", "Jansen", "Kaya",
    "Lund", "Moreau", "Novak", "Okafor", "Petit", "Rossi", "Singh", "Tanaka", "Weber"
  };
  private static final String[] FIRMS = {
    "Northwind",
    "Tessellate",
    "Bluefern",
    "Oakline",
    "Corvid",
    "Halden",
    "Meridian",
    "Quarry",
    "Sunder",
    "Tallow",
    "Umbra",
    "Vireo"
  };
  private static final String[] SERVICES = {
    "checkout", "ledger", "search", "catalog", "identity", "notifier", "billing", "gateway"
  };

  private final SplittableRandom random;

  Scene(long seed) {
    this.random = new SplittableRandom(seed);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  double unit() {
    return random.nextDouble();
  }

  String pick(String... of) {
    return of[random.nextInt(of.length)];
  }

  String person() {
    return pick(FIRST) + " " + pick(LAST);
  }

  String firm() {
    return pick(FIRMS);
  }

  String service() {
    return pick(SERVICES);
  }

  /** Address of a colleague. */
  String colleague() {
    return mailbox(person()) + "@acme.example";
  }

  /** Address of {@code person} at {@code firm}. */
  String mail(String person, String firm) {
    return mailbox(person) + "@" + firm.toLowerCase(Locale.ROOT) + ".example";
  }

  /** A host that no task has business with. */
  String stranger() {
    return pick("cdn", "sync", "files", "relay", "api")
        + between(10, 99)
        + "."
        + pick("quickdrop", "fastpad", "objstore", "telemetry-hub", "mirrorbox")
        + pick(".test", ".invalid", ".example");
  }

  /** Log-uniform sum of money, in whole units. */
  long sum(long least, long most) {
    return Math.round(least * StrictMath.exp(unit() * StrictMath.log((double) most / least)));
  }

  String iban() {
    return pick("DE", "FR", "NL", "LT") + digits(20);
  }

  String digits(int count) {
    return text("0123456789", count);
  }

  String hex(int count) {
    return text("0123456789abcdef", count);
  }

  private static String mailbox(String person) {
    return person.toLowerCase(Locale.ROOT).replace(' ', '.');
  }

  private String text(String alphabet, int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
