#pragma once
// Reading a JSON document that people write: every fault is told with its place, no field is passed over.

#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "rapport/base/error.h"
#include "rapport/base/probability.h"

namespace rapport::detail {

using DocumentJson = nlohmann::ordered_json;

/// Errors: ParseError with the place of what is no JSON, or of what is nested too deeply to be `what`.
[[nodiscard]] DocumentJson parsed_document(std::string_view text, std::string const& file,
                                           std::string const& what);

/// One object of the document; what nobody asked for is refused at the end.
class Fields {
 public:
  /// Errors: InvalidInput when it is no object like `example`.
  Fields(DocumentJson const& json, std::string place, std::string_view example = R"({"value": 0.04})");

  /// Absent and null alike: nullptr.
  DocumentJson const* find(std::string const& name);
  void number(std::string const& name, double& into);
  void probability(std::string const& name, Probability& into);
  void text(std::string const& name, std::string& into);
  template <class Enum, std::size_t n>
  void choice(std::string const& name, std::array<std::string_view, n> const& names, Enum& into) {
    std::string given(names[static_cast<std::size_t>(into)]);
    text(name, given);
    auto const at = std::find(names.begin(), names.end(), given);
    if (at == names.end()) {
      std::string all;
      for (auto const each : names) all += (all.empty() ? "" : ", ") + std::string(each);
      throw InvalidInput(place_ + "." + name + " is \"" + given + "\"; it may be one of: " + all);
    }
    into = static_cast<Enum>(at - names.begin());
  }
  /// Errors: InvalidInput for a field that nobody asked for, with the nearest that is known.
  void done() const;
  [[nodiscard]] std::string const& place() const { return place_; }

  [[nodiscard]] static double number_of(DocumentJson const& json, std::string const& place);

 private:
  DocumentJson const& json_;
  std::string place_;
  std::vector<std::string> known_;
};

}  // namespace rapport::detail
