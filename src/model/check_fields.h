#pragma once
// Checks that hold for every field of every fact, by its type alone.

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "model/check.h"
#include "rapport/model/describe.h"

namespace rapport {

/// Walks a fact and all that it holds.
class FieldCheck {
 public:
  explicit FieldCheck(Findings& findings) : findings_(findings) {}

  template <class T>
  void operator()(char const* name, T const& value) {
    name_ = name;
    look(value);
  }
  template <class T>
  void operator()(char const* name, T const& value, Internal) {
    (*this)(name, value);
  }

 private:
  void look(std::string const& value);
  void look(Instant value);
  void look(Date value) { look(at(value)); }
  void look(Work value) { look(value.seconds); }
  void look(Elapsed value) { look(value.seconds); }
  void look(std::int64_t seconds);
  void look(double value);
  void look(bool) {}
  void look(std::int32_t) {}
  void look(Money) {}
  void look(Rate) {}
  void look(Currency) {}
  void look(Probability) {}
  void look(Amount const& value) { look(value.value); }
  template <class T>
  void look(std::optional<T> const& value) {
    if (value) look(*value);
  }
  template <class T>
  void look(std::vector<T> const& values) {
    for (auto const& value : values) look(value);
  }
  template <class T, std::size_t N>
  void look(std::array<T, N> const& values) {
    for (auto const& value : values) look(value);
  }
  void look(ChangeEdit const&) {}
  template <class T>
    requires std::is_enum_v<T>
  void look(T) {}
  template <class T>
    requires(std::is_class_v<T> && requires(T const& value, FieldCheck& self) { describe(value, self); })
  void look(T const& value) {
    describe(value, *this);
  }

  char const* name_ = "";
  Findings& findings_;
};

}  // namespace rapport
