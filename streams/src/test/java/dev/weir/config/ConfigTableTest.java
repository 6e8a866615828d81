/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConfigTableTest {
  @Test
  void shouldStandInTheReadmeWhenConfigurationChanges() throws IOException {
    Readme.check("config", ConfigTable.markdown());
  }

  @Test
  void shouldHaveOneRowForEachKeyWhenRendered() {
    for (String key : Settings.DEFINITION.names()) {
      assertThat(ConfigTable.markdown()).containsOnlyOnce("\n| `" + key + "` |");
    }
  }
}
