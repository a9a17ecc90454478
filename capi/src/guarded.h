#pragma once
// The one way from C into C++ and back: exceptions become a status and an error object, options of
// any age become complete ones, outputs are written last and all or none.

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

#include "rapport/base/error.h"
#include "rapport/base/run_control.h"
#include "rapport/base/time.h"
#include "rapport/rapport.h"
#include "rapport/table/arrow.h"

namespace rapport::capi {

/// Makes an error object of the exception that is being handled. Called from a catch clause.
rapport_status report_current(rapport_error** error) noexcept;

/// Runs `work`; its exceptions become the status and, unless `error` is null, `*error`.
template <class Work>
rapport_status guarded(rapport_error** error, Work&& work) noexcept {
  try {
    work();
    return RAPPORT_OK;
  } catch (...) {
    return report_current(error);
  }
}

/// What an argument points to. Errors: InvalidInput naming the argument when it is null.
template <class T>
[[nodiscard]] T& required(T* argument, char const* name) {
  if (!argument) throw InvalidInput(std::string("argument ") + name + " is NULL; it is required");
  return *argument;
}
[[nodiscard]] inline char const* required_text(char const* argument, char const* name) {
  return &required(argument, name);
}
[[nodiscard]] inline std::string text_or_empty(char const* text) { return text ? text : ""; }

/// Errors: InvalidInput naming the argument outside the years 1400 to 9999, which is what dates can say.
[[nodiscard]] inline Instant checked_instant(std::int64_t seconds, char const* name) {
  if (seconds < at(Date::of(1400, 1, 1)).seconds ||
      seconds >= at(Date::of(9999, 12, 31), seconds_per_day).seconds)
    throw InvalidInput(std::string("argument ") + name + " is " + std::to_string(seconds) +
                       " s, which is not between the years 1400 and 9999");
  return {seconds};
}

/// The caller's options over `defaults`. A shorter struct is of an older header: the rest stays as
/// in `defaults`. A longer one is of a newer header: what this library does not know must be zero.
/// Errors: InvalidInput.
template <class Options>
[[nodiscard]] Options complete(Options const* given, Options const& defaults) {
  if (!given) return defaults;
  std::size_t const size = given->struct_size;
  if (size < sizeof(std::size_t))
    throw InvalidInput("the options have no struct_size; initialise them with their _INIT macro");
  auto const* const bytes = reinterpret_cast<char const*>(given);
  for (std::size_t i = sizeof(Options); i < size; ++i)
    if (bytes[i] != 0)
      throw InvalidInput("the options use what this version of Rapport (" + std::string(rapport_version()) +
                         ") does not know; update the library or leave those options out");
  Options options = defaults;
  std::memcpy(&options, given, std::min(size, sizeof(Options)));
  return options;
}

/// Until options mean something by it. Errors: InvalidInput.
inline void check_reserved(std::int32_t reserved) {
  if (reserved != 0)
    throw InvalidInput("options.reserved is " + std::to_string(reserved) +
                       "; initialise the options with their _INIT macro and leave it 0");
}

/// The caller's callback as the library's.
template <class Options>
[[nodiscard]] RunControl run_control(Options const& options) {
  if (!options.progress) return {};
  return {[callback = options.progress, context = options.progress_context](Progress const& progress) {
    return callback(context, progress.fraction, std::string(progress.stage).c_str()) == 0;
  }};
}

/// A copy that rapport_string_free frees. Errors: bad_alloc.
[[nodiscard]] char* copied(std::string_view text);

/// Hands a table over as a stream. Nothing can fail once it is written.
inline void give(Table table, ArrowArrayStream& out) { export_stream(std::move(table), &out); }

}  // namespace rapport::capi
