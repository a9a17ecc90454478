#include <cstdlib>
#include <memory>
#include <new>
#include <nlohmann/json.hpp>

#include "guarded.h"
#include "json.h"
#include "rapport/version.h"

struct rapport_error {
  rapport_status status;
  std::string message;
  std::string details;
};

namespace rapport::capi {
namespace {

/// For when there is no memory to make an error with; rapport_error_free leaves it alone.
rapport_error const& out_of_memory() {
  static rapport_error const error{RAPPORT_OUT_OF_MEMORY, "out of memory", "{}"};
  return error;
}
// Made when the library is loaded, not when memory is short.
[[maybe_unused]] rapport_error const& made_early = out_of_memory();

nlohmann::ordered_json details_of(Error const& error) {
  nlohmann::ordered_json details;
  details["status"] = rapport_status_name(static_cast<rapport_status>(error.status()));
  details["message"] = error.what();
  if (auto const* invalid = dynamic_cast<InvalidInput const*>(&error)) {
    details["diagnostics"] = to_json(invalid->diagnostics());
  } else if (auto const* absent = dynamic_cast<NotFound const*>(&error)) {
    details["kind"] = absent->kind();
    details["key"] = absent->key();
    details["nearest"] = absent->nearest();
  } else if (auto const* cycle = dynamic_cast<CycleError const*>(&error)) {
    details["keys"] = cycle->keys();
  } else if (auto const* parse = dynamic_cast<ParseError const*>(&error)) {
    details["file"] = parse->file();
    details["line"] = parse->line();
    details["column"] = parse->column();
  } else if (auto const* store = dynamic_cast<StoreError const*>(&error)) {
    details["sqlite_code"] = store->sqlite_code();
  } else if (auto const* cancelled = dynamic_cast<Cancelled const*>(&error)) {
    details["fraction_done"] = cancelled->fraction_done();
  }
  return details;
}

rapport_status report(rapport_error** out, rapport_status status, std::string message,
                      nlohmann::ordered_json const& details) {
  if (out) *out = new rapport_error{status, std::move(message), dumped(details)};
  return status;
}

rapport_status report_internal(rapport_error** out, std::string const& what) {
  return report(out, RAPPORT_INTERNAL, "internal error, please report it: " + what,
                {{"status", "internal"}, {"message", what}});
}

}  // namespace

rapport_status report_current(rapport_error** out) noexcept {
  try {
    try {
      throw;
    } catch (Error const& error) {
      return report(out, static_cast<rapport_status>(error.status()), error.what(), details_of(error));
    } catch (std::bad_alloc const&) {
      throw;
    } catch (std::exception const& error) {
      return report_internal(out, error.what());
    } catch (...) {
      return report_internal(out, "an exception of unknown type");
    }
  } catch (...) {
    if (out) *out = const_cast<rapport_error*>(&out_of_memory());
    return RAPPORT_OUT_OF_MEMORY;
  }
}

char* copied(std::string_view text) {
  auto* const copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (!copy) throw std::bad_alloc();
  std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = '\0';
  return copy;
}

}  // namespace rapport::capi

rapport_status rapport_error_status(rapport_error const* error) { return error ? error->status : RAPPORT_OK; }
char const* rapport_error_message(rapport_error const* error) { return error ? error->message.c_str() : ""; }
char const* rapport_error_details(rapport_error const* error) {
  return error ? error->details.c_str() : "{}";
}
void rapport_error_free(rapport_error* error) {
  if (error != &rapport::capi::out_of_memory()) delete error;
}

char const* rapport_status_name(rapport_status status) {
  switch (status) {
    case RAPPORT_OK:
      return "ok";
    case RAPPORT_INVALID_INPUT:
      return "invalid_input";
    case RAPPORT_NOT_FOUND:
      return "not_found";
    case RAPPORT_CYCLE:
      return "cycle";
    case RAPPORT_PARSE:
      return "parse";
    case RAPPORT_STORE:
      return "store";
    case RAPPORT_CANCELLED:
      return "cancelled";
    case RAPPORT_OUT_OF_MEMORY:
      return "out_of_memory";
    case RAPPORT_INTERNAL:
      return "internal";
    default:
      return "unknown";
  }
}

char const* rapport_version() { return RAPPORT_VERSION; }
void rapport_string_free(char* text) { std::free(text); }
