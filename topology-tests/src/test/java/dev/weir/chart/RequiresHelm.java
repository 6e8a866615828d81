/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.jni.NativeLibrary;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs a test class with Helm's own engine, a native library. Where no such library exists or it
 * cannot be linked, the class is reported as skipped, with the platform and the cause.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresHelm.Condition.class)
@interface RequiresHelm {

  /** Asked once a JVM. */
  final class Condition implements ExecutionCondition {
    private static final ConditionEvaluationResult RESULT = load();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return RESULT;
    }

    private static ConditionEvaluationResult load() {
      String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
      // Asked first, because Helm would otherwise try to download a library.
      if (NativeLibrary.serviceProviderLibrary(null) == null) {
        return skipped(platform, "helm-java has no library for it");
      }
      try {
        return ConditionEvaluationResult.enabled("Helm " + Helm.version().call());
      } catch (UnsatisfiedLinkError e) {
        return skipped(platform, e.getMessage());
      }
    }

    private static ConditionEvaluationResult skipped(String platform, String cause) {
      String reason = "CHART NOT TESTED: Helm does not load on " + platform + ": " + cause;
      System.err.println(reason);
      return ConditionEvaluationResult.disabled(reason);
    }
  }
}
