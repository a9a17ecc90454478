#include "schedule/pass_variants.h"

#include <bit>
#include <cstring>
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

#define RAPPORT_VARIANT(label, name)                                                                 \
  {                                                                                                  \
    label, name::keeps_pairs, name::forward, name::backward, name::forward_scenarios,                \
        name::backward_scenarios, name::forward_calendars, name::backward_calendars, name::add_work, \
        name::primavera_forward, name::primavera_backward, name::microsoft_forward,                  \
        name::microsoft_backward, name::tell_early, name::tell_late, name::rank_early                \
  }

// Called, a look-up would take its vectors from memory and leave them there.
#define RAPPORT_ALWAYS __attribute__((always_inline))
#define RAPPORT_INLINE RAPPORT_ALWAYS inline
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
#undef RAPPORT_GATHER
#define RAPPORT_GATHER "schedule/gather_by_instruction.inc"
namespace v3_gathering {
#include "schedule/pass_loops.inc"
}  // namespace v3_gathering
#pragma GCC pop_options

#undef RAPPORT_LANES
#define RAPPORT_LANES 16
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4")
namespace v4_gathering {
#include "schedule/pass_loops.inc"
}  // namespace v4_gathering
#undef RAPPORT_GATHER
#define RAPPORT_GATHER "schedule/gather_by_loads.inc"
namespace v4 {
#include "schedule/pass_loops.inc"
}  // namespace v4
#pragma GCC pop_options

/// Intel gathers in hardware. Those before Alder Lake and Sapphire Rapids, the first with AVX-VNNI, no longer
/// do so since microcode closed a leak in it (CVE-2022-40982).
bool gathers_quickly() { return __builtin_cpu_is("intel") && __builtin_cpu_supports("avxvnni"); }

std::vector<PassVariant> supported() {
  std::vector<PassVariant> all{RAPPORT_VARIANT("plain", plain)};
  // Of those with the same width the faster one comes last.
  auto const add = [&](PassVariant by_loads, PassVariant gathering) {
    if (gathers_quickly())
      all.push_back(by_loads), all.push_back(gathering);
    else
      all.push_back(gathering), all.push_back(by_loads);
  };
  if (__builtin_cpu_supports("x86-64-v2")) all.push_back(RAPPORT_VARIANT("x86-64-v2", v2));
  if (__builtin_cpu_supports("x86-64-v3"))
    add(RAPPORT_VARIANT("x86-64-v3", v3), RAPPORT_VARIANT("x86-64-v3, gathering", v3_gathering));
  if (__builtin_cpu_supports("x86-64-v4"))
    add(RAPPORT_VARIANT("x86-64-v4", v4), RAPPORT_VARIANT("x86-64-v4, gathering", v4_gathering));
  return all;
}

#else

std::vector<PassVariant> supported() { return {RAPPORT_VARIANT("plain", plain)}; }

#endif
#undef RAPPORT_VARIANT
#undef RAPPORT_GATHER
#undef RAPPORT_LANES
#undef RAPPORT_INLINE
#undef RAPPORT_ALWAYS

}  // namespace

PassArrays::PassArrays(Slices const& network, CriticalPath& path)
    : slices(network.slices),
      first_in(network.first_in.data()),
      first_out(network.first_out.data()),
      in(network.in.data()),
      out(network.out.data()),
      duration(path.duration.data()),
      early(path.early.data()),
      late(path.late_by_event.data()),
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
      late(path.late_by_event.data()),
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
