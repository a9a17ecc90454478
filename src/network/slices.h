#pragma once

#include "rapport/network/slices.h"

namespace rapport {

/// What slice() does once levels are known: numbers the slots and counts the rows that their links take. Of
/// `scratch` it reads the activities in `order`, where each level begins in it (`level_begin`, and one more),
/// how many links lead to an activity (`links_in`) and where those from it would stand side by side (`first`,
/// and one more).
void number_slots(std::uint32_t activities, Slices& out, SliceScratch& scratch);
/// Rows of no links.
void clear_rows(Slices& out);

}  // namespace rapport
