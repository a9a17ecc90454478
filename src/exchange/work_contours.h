#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace rapport {

/// What Microsoft Project's work contours leave of an assignment's units in each tenth of its time, in
/// percent, by the number that MSPDI has for them; 0 is even. How long work takes on them, and how it lies
/// from day to day, is told by mspditimephasedsegments of the corpus.
inline constexpr std::array<std::array<std::uint8_t, 10>, 8> work_contours{{
    {},
    {10, 15, 25, 50, 50, 75, 75, 100, 100, 100},   // back loaded
    {100, 100, 100, 75, 75, 50, 50, 25, 15, 10},   // front loaded
    {25, 50, 100, 50, 25, 25, 50, 100, 50, 25},    // double peak
    {25, 50, 100, 100, 75, 50, 50, 25, 15, 10},    // early peak
    {10, 15, 25, 50, 50, 75, 100, 100, 50, 25},    // late peak
    {10, 20, 40, 80, 100, 100, 80, 40, 20, 10},    // bell
    {25, 50, 75, 100, 100, 100, 100, 75, 50, 25},  // turtle
}};
/// Shaped by hand.
inline constexpr std::string_view edited_contour = "8";

}  // namespace rapport
