#pragma once
// Facts into JSON values, by their field lists; what holds its default is left out.

#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "model/spelling.h"
#include "rapport/model/describe.h"
#include "rapport/model/names.h"

namespace rapport {

class Encoder {
 public:
  using Json = nlohmann::ordered_json;

  template <class T>
  [[nodiscard]] Json encode(T const& fact) {
    per_ = "h";
    return of(fact);
  }

 private:
  Json of(std::string const& value) { return value; }
  Json of(bool value) { return value; }
  Json of(double value) { return value; }
  Json of(std::int32_t value) { return value; }
  Json of(Instant value) { return to_string(value); }
  Json of(Date value) { return to_string(value); }
  Json of(Work value) { return to_string(value); }
  Json of(Elapsed value) { return to_string(value); }
  Json of(Money value) { return to_string(value); }
  Json of(Rate value) { return rate_text(value, per_); }
  Json of(Currency value) { return value.code(); }
  Json of(Probability value) { return value.value(); }
  Json of(Amount value) { return to_string(value); }
  Json of(NodeRef const& value) { return to_string(value); }
  Json of(Lag const& value) { return lag_text(value); }
  Json of(WorkingHours const& value) { return Json::array({clock_text(value.from), clock_text(value.to)}); }
  Json of(Shift const& value) { return Json::array({clock_text(value.from), clock_text(value.to)}); }
  Json of(Week const& value);
  Json of(Rules const& value);
  Json of(Resource const& value);
  Json of(ExchangeRate const& value);
  Json of(ChangeRequest const& value);
  Json of(ChangeEdit const& value);

  Json edit(RequirementChange const& value);
  Json edit(WorkChange const& value);
  Json edit(CostChange const& value);
  Json edit(RateChange const& value);
  Json edit(LinkChange const& value);
  Json edit(ActivityAddition const& value);
  Json edit(ActivityRemoval const& value);
  Json edit(ConstraintChange const& value);

  template <class T>
    requires std::is_enum_v<T>
  Json of(T value) {
    return std::string(to_name(value));
  }
  template <class T>
  Json of(std::vector<T> const& values) {
    Json list = Json::array();
    for (auto const& value : values) list.push_back(of(value));
    return list;
  }
  template <class T>
    requires(std::is_class_v<T>)
  Json of(T const& value) {
    return differences(value, defaults<T>());
  }
  template <class T>
  Json of(std::optional<T> const& value) {
    return of(*value);
  }

  using Members = std::vector<void const*>;

  /// Where the fields of `fact` are, in their order.
  template <class T>
  static Members members(T const& fact) {
    Members all;
    describe(fact, [&](char const*, auto const& member, auto...) { all.push_back(&member); });
    return all;
  }
  template <class T>
  static Members const& defaults() {
    static T const fresh{};
    static Members const all = members(fresh);
    return all;
  }

  /// The fields in which `value` is not as `usual`, the fields of another `T`.
  template <class T>
  Json differences(T const& value, Members const& usual) {
    Json object = Json::object();
    auto next = usual.begin();
    describe(value, [&]<class M>(char const* name, M const& member, auto...) {
      if (!(member == *static_cast<M const*>(*next++))) object[name] = of(member);
    });
    return object;
  }

  std::string per_ = "h";
};

}  // namespace rapport
