/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.weir.config.Topics;
import dev.weir.store.StoreNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What may know what. The domain is plain Java without clock or chance, so that the same code runs
 * in the stream, in replay and in a benchmark; what touches Kafka Streams' insides stays in one
 * class.
 */
class ArchitectureTest {
  /** The domain, in the order in which data meets it: each may know the ones before it. */
  private static final List<String> DOMAIN =
      List.of("action", "policy", "score", "task", "budget", "review", "outcome", "evaluate");

  /** What all of the domain may know beside itself. */
  private static final List<String> COMMON =
      List.of(
          "java.lang..",
          "java.io..",
          "java.math..",
          "java.net..",
          "java.nio",
          "java.nio.charset..",
          "java.security..",
          "java.text..",
          "java.time..",
          "java.util..",
          "javax.crypto..",
          "dev.weir.event..",
          "dev.weir.state..",
          "dev.weir.wire..",
          "org.jspecify..");

  /** The libraries of each field. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of(
          "action", List.of("com.fasterxml.jackson.core.."),
          // CEL answers in Guava's collections
          "policy",
              List.of(
                  "dev.cel..",
                  "com.google.re2j..",
                  "com.google.common.collect",
                  "org.yaml.snakeyaml.."),
          "score", List.of("dev.cel..", "net.sf.jsqlparser.."),
          "budget", List.of("org.apache.commons.statistics..", "org.apache.commons.numbers.."),
          // probes keep the JSON that their author wrote, down to the order of its keys
          "review", List.of("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind.."),
          "evaluate", List.of("com.fasterxml.jackson.core.."));

  /** Of what COMMON allows, what reaches out of the process or starts something in it. */
  private static final Set<String> REACHING_OUT =
      Set.of(
          "java.io.File",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.RandomAccessFile",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.lang.Thread",
          "java.net.InetAddress",
          "java.net.Socket",
          "java.net.URL",
          "java.net.URLConnection",
          "java.util.Timer",
          "java.util.concurrent.Executors");

  private static final Path SOURCES = Path.of("..", "streams", "src", "main", "java");

  private static final JavaClasses WEIR =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.weir");

  @ParameterizedTest
  @MethodSource("domain")
  void shouldKnowEarlierPackagesOnlyWhenAPackageIsOfTheDomain(String name) {
    List<String> allowed = new ArrayList<>(COMMON);
    allowed.addAll(LIBRARIES.getOrDefault(name, List.of()));
    DOMAIN.subList(0, DOMAIN.indexOf(name) + 1).forEach(p -> allowed.add("dev.weir." + p + ".."));

    classes()
        .that()
        .resideInAPackage("dev.weir." + name + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .allowEmptyShould(name.equals("outcome"))
        .check(WEIR);
  }

  @Test
  void shouldReadNoClockWhenAClassIsOfTheDomain() {
    noClasses().that(areOfTheDomain()).should().accessTargetWhere(readsAClock()).check(WEIR);
  }

  @Test
  void shouldTakeNoChanceWhenAClassIsOfTheDomain() {
    noClasses().that(areOfTheDomain()).should().accessTargetWhere(takesAChance()).check(WEIR);
  }

  /** They take quadratic time for letters that become two: see {@code LowerCase}. */
  @Test
  void shouldNotChangeLetterCaseByStringWhenTextIsHostile() {
    noClasses()
        .that()
        .resideInAPackage("dev.weir.score..")
        .should()
        .callMethod(String.class, "toLowerCase", Locale.class)
        .orShould()
        .callMethod(String.class, "toUpperCase", Locale.class)
        .check(WEIR);
  }

  @Test
  void shouldNotReachOutOfTheProcessWhenAClassIsOfTheDomain() {
    noClasses()
        .that(areOfTheDomain())
        .should()
        .dependOnClassesThat(
            describe("reach out of the process", type -> REACHING_OUT.contains(type.getName())))
        .check(WEIR);
  }

  @Test
  void shouldLeavePrometheusToMetricsWhenMeasuring() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.weir.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.prometheus..")
        .check(WEIR);
  }

  @Test
  void shouldLeaveRocksDbToTheStoresWhenKeepingState() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.weir.store..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.rocksdb..")
        .check(WEIR);
  }

  @Test
  void shouldLeaveTheInsidesOfStreamsToOneClassWhenKeepingState() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.weir.store.LiveStore")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka.streams..internals..")
        .check(WEIR);
  }

  @Test
  void shouldLeaveTheEndOfTheProcessToTheCommandLineWhenFailing() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.weir.cli..")
        .should()
        .accessTargetWhere(endsTheProcess())
        .check(WEIR);
  }

  @Test
  void shouldBeFreeOfCyclesWhenPackagesKnowOneAnother() {
    slices().matching("dev.weir.(*)..").should().beFreeOfCycles().check(WEIR);
  }

  @Test
  void shouldDrawTheMapInOnePlaceWhenNodesAreAdded() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.weir.topology.WeirTopology")
        .should()
        .accessTargetWhere(
            describe(
                "add to a topology",
                (JavaAccess<?> access) ->
                    access.getTargetOwner().isEquivalentTo(Topology.class)
                        && access.getTarget().getName().startsWith("add")))
        .check(WEIR);
  }

  @Test
  void shouldNameTopicsInOneFileWhenTheyAreNamed() {
    Topics topics = new Topics("", List.of());
    List<String> names =
        Stream.of(
                topics.actions(),
                topics.rekey(),
                topics.deadLetters(),
                topics.duplicates(),
                topics.assessments(),
                topics.escalations(),
                topics.taskRisk(),
                topics.exposure(),
                topics.prices(),
                topics.concentration(),
                topics.ledger(),
                topics.agentExposure(),
                topics.agentRecord(),
                topics.policies(),
                topics.grants(),
                topics.shadow())
            .toList();

    assertThat(names)
        .allSatisfy(n -> assertThat(filesWith('"' + n + '"', "")).containsExactly("Topics.java"));
    assertThat(names).allSatisfy(n -> assertThat(filesWith("\"weir" + n, "")).isEmpty());
  }

  @Test
  void shouldNameStoresAndNodesInOneFileEachWhenTheyAreNamed() throws ReflectiveOperationException {
    assertThat(values(StoreNames.class))
        .isNotEmpty()
        .allSatisfy(
            n -> assertThat(filesWith('"' + n + '"', "store")).containsExactly("StoreNames.java"));
    assertThat(values(Class.forName("dev.weir.topology.NodeNames")))
        .isNotEmpty()
        .allSatisfy(
            n ->
                assertThat(filesWith('"' + n + '"', "topology")).containsExactly("NodeNames.java"));
    assertThat(values(StoreNames.class))
        .allSatisfy(
            n -> assertThat(filesWith('"' + n + '"', "topology")).isSubsetOf("NodeNames.java"));
  }

  static List<String> domain() {
    return DOMAIN;
  }

  private static DescribedPredicate<JavaClass> areOfTheDomain() {
    return resideInAnyPackage(
            DOMAIN.stream().map(name -> "dev.weir." + name + "..").toArray(String[]::new))
        .as("are of the domain");
  }

  private static DescribedPredicate<JavaAccess<?>> readsAClock() {
    return describe(
        "read a clock",
        access -> {
          String owner = access.getTargetOwner().getName();
          String name = access.getTarget().getName();
          boolean system = name.equals("currentTimeMillis") || name.equals("nanoTime");
          return (owner.equals("java.lang.System") && system)
              || owner.startsWith("java.time.Clock")
              || (owner.startsWith("java.time.") && name.equals("now"))
              || owner.equals("java.util.Calendar")
              || (owner.equals("java.util.Date") && name.equals("<init>"));
        });
  }

  private static DescribedPredicate<JavaAccess<?>> takesAChance() {
    return describe(
        "take a chance",
        access -> {
          String name = access.getTarget().getName();
          return access.getTargetOwner().isAssignableTo(Random.class)
              || access.getTargetOwner().isAssignableTo(RandomGenerator.class)
              || name.equals("random")
              || name.equals("randomUUID")
              || name.equals("shuffle")
              || name.equals("identityHashCode");
        });
  }

  private static DescribedPredicate<JavaAccess<?>> endsTheProcess() {
    return describe(
        "end the process",
        access -> {
          String owner = access.getTargetOwner().getName();
          return (owner.equals("java.lang.System") || owner.equals("java.lang.Runtime"))
              && (access.getTarget().getName().equals("exit")
                  || access.getTarget().getName().equals("halt"));
        });
  }

  private static List<String> values(Class<?> names) {
    return Arrays.stream(names.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
        .map(ArchitectureTest::value)
        .toList();
  }

  private static String value(Field field) {
    try {
      field.setAccessible(true);
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Names of the files of a package, "" for all, that hold the text. */
  private static List<String> filesWith(String text, String inPackage) {
    try (Stream<Path> files =
        Files.walk(SOURCES.resolve("dev").resolve("weir").resolve(inPackage))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> read(file).contains(text))
          .map(file -> file.getFileName().toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
