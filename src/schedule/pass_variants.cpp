#include "schedule/pass_variants.h"

#include <bit>
#include <cstring>
#include <iterator>
#include <vector>

// One text of the loops, compiled for several widths of vectors. Only pointers and built-in types in
// there: an inline function of the standard library, compiled for a wide processor, could become the
// one that everybody is linked with. Other compilers than GCC use the four lanes of SSE or NEON.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define RAPPORT_WIDER_PASSES
#include <immintrin.h>
#endif

namespace rapport {
namespace {

static_assert(std::endian::native == std::endian::little, "pairs of words are taken apart lower half first");

#define RAPPORT_GATHER "schedule/gather_by_loads.inc"
namespace plain {
#define RAPPORT_LANES 4
#include "schedule/pass_loops.inc"
}  // namespace plain

#ifdef RAPPORT_WIDER_PASSES

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v2")
namespace v2 {
#include "schedule/pass_loops.inc"
}  // namespace v2
#pragma GCC pop_options

#undef RAPPORT_LANES
#define RAPPORT_LANES 8
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")
namespace v3 {
#include "schedule/pass_loops.inc"
}  // namespace v3
#pragma GCC pop_options

#undef RAPPORT_LANES
#define RAPPORT_LANES 16
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4")
namespace v4 {
#include "schedule/pass_loops.inc"
}  // namespace v4
#undef RAPPORT_GATHER
#define RAPPORT_GATHER "schedule/gather_by_instruction.inc"
namespace v4_gathering {
#include "schedule/pass_loops.inc"
}  // namespace v4_gathering
#pragma GCC pop_options

constexpr PassVariant gathering{"x86-64-v4, gathering",           v4_gathering::forward,
                                v4_gathering::backward,           v4_gathering::forward_scenarios,
                                v4_gathering::backward_scenarios, v4_gathering::forward_calendars,
                                v4_gathering::backward_calendars, v4_gathering::add_work};
constexpr PassVariant variants[] = {
    {"plain", plain::forward, plain::backward, plain::forward_scenarios, plain::backward_scenarios,
     plain::forward_calendars, plain::backward_calendars, plain::add_work},
    {"x86-64-v2", v2::forward, v2::backward, v2::forward_scenarios, v2::backward_scenarios,
     v2::forward_calendars, v2::backward_calendars, v2::add_work},
    {"x86-64-v3", v3::forward, v3::backward, v3::forward_scenarios, v3::backward_scenarios,
     v3::forward_calendars, v3::backward_calendars, v3::add_work},
    {"x86-64-v4", v4::forward, v4::backward, v4::forward_scenarios, v4::backward_scenarios,
     v4::forward_calendars, v4::backward_calendars, v4::add_work}};

/// Intel gathers in hardware. Those before Sapphire Rapids, which was the first with half-precision numbers,
/// no longer do so since microcode closed a leak in it (CVE-2022-40982).
bool gathers_quickly() { return __builtin_cpu_is("intel") && __builtin_cpu_supports("avx512fp16"); }

std::vector<PassVariant> supported() {
  if (!__builtin_cpu_supports("x86-64-v4")) {
    bool const v3 = __builtin_cpu_supports("x86-64-v3"), v2 = __builtin_cpu_supports("x86-64-v2");
    return {variants, variants + (v3 ? 3 : v2 ? 2 : 1)};
  }
  std::vector<PassVariant> all(variants, std::end(variants));
  all.insert(gathers_quickly() ? all.end() : all.end() - 1, gathering);
  return all;
}

#else

constexpr PassVariant variants[] = {{"plain", plain::forward, plain::backward, plain::forward_scenarios,
                                     plain::backward_scenarios, plain::forward_calendars,
                                     plain::backward_calendars, plain::add_work}};

std::vector<PassVariant> supported() { return {variants, std::end(variants)}; }

#endif
#undef RAPPORT_GATHER
#undef RAPPORT_LANES

}  // namespace

PassArrays::PassArrays(Slices const& network, CriticalPath& path)
    : slices(network.slices),
      first_in(network.first_in.data()),
      first_out(network.first_out.data()),
      in(network.in.data()),
      out(network.out.data()),
      duration(path.duration.data()),
      early(path.early.data()),
      late(path.late.data()),
      total_float(path.total_float.data()),
      free_float(path.free_float.data()),
      both(path.both.data()) {}

CalendarPassArrays::CalendarPassArrays(Slices const& network, MinuteCalendars const& calendars,
                                       CalendarPath& path)
    : times(calendars.arrays()),
      slices(network.slices),
      first_in(network.first_in.data()),
      first_out(network.first_out.data()),
      in(network.in.data()),
      out(network.out.data()),
      duration(path.duration.data()),
      calendar(path.calendar.data()),
      early(path.early.data()),
      late(path.late.data()),
      rank(path.rank.data()),
      total_float(path.total_float.data()),
      free_float(path.free_float.data()),
      both(path.both.data()),
      moved(path.scratch.data()),
      moved_early(moved + (path.scratch.size() - scratch_size(0)) / 2 + Slices::lanes),
      asked(path.scratch.data() + path.scratch.size() - std::size_t{columns} * batch_slots),
      start(path.start) {
  auto const arrays = [](Batches const& batches) {
    return Batch{static_cast<std::uint32_t>(batches.slice.size() - 1),
                 batches.slice.data(),
                 batches.lagged.data(),
                 batches.event.data(),
                 batches.calendar.data(),
                 batches.shift.data(),
                 batches.place.data()};
  };
  forward = arrays(path.forward), backward = arrays(path.backward);
}

std::span<PassVariant const> pass_variants() {
  static std::vector<PassVariant> const all = supported();
  return all;
}

}  // namespace rapport
