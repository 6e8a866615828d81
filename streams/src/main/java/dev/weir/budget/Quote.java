/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.budget;

import dev.weir.event.Concentration;
import dev.weir.event.Price;
import dev.weir.state.FleetEntry;
import org.jspecify.annotations.Nullable;

/**
 * What one exposure led to.
 *
 * @param entry to be stored under the exposure's key
 * @param price the fleet's price of review
 * @param concentration how concentrated the fleet's risk is; null where no profile told anew
 */
public record Quote(FleetEntry entry, Price price, @Nullable Concentration concentration) {}
