#pragma once
// JSON values into facts, by their field lists.

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "model/json_tree.h"
#include "model/spelling.h"
#include "rapport/model/describe.h"
#include "rapport/model/names.h"

namespace rapport {

class Decoder {
 public:
  using Kind = JsonValue::Kind;

  /// Without `diagnostics` an unknown field is an error.
  Decoder(Locator const& locator, Diagnostics* diagnostics) : locator_(locator), diagnostics_(diagnostics) {}

  /// Reads `value` into `target`; `path` is what messages call it.
  template <class T>
  void read(JsonValue const& value, std::string const& path, T& target) {
    path_ = path;
    per_ = "h";
    decode(value, target);
  }

  /// An unknown field: told, or refused.
  void unknown(JsonValue const& field, std::vector<std::string> const& known);
  /// Tells how often unknown fields came up that are not listed one by one.
  void finish();

 private:
  void decode(JsonValue const& value, std::string& target);
  void decode(JsonValue const& value, bool& target);
  void decode(JsonValue const& value, double& target);
  void decode(JsonValue const& value, std::int32_t& target);
  void decode(JsonValue const& value, Instant& target);
  void decode(JsonValue const& value, Date& target);
  void decode(JsonValue const& value, Work& target);
  void decode(JsonValue const& value, Elapsed& target);
  void decode(JsonValue const& value, Money& target);
  void decode(JsonValue const& value, Rate& target);
  void decode(JsonValue const& value, Currency& target);
  void decode(JsonValue const& value, Probability& target);
  void decode(JsonValue const& value, Amount& target);
  void decode(JsonValue const& value, NodeRef& target);
  void decode(JsonValue const& value, Lag& target);
  void decode(JsonValue const& value, WorkingHours& target);
  void decode(JsonValue const& value, Shift& target);
  void decode(JsonValue const& value, Week& target);
  void decode(JsonValue const& value, Rules& target);
  void decode(JsonValue const& value, Resource& target);
  void decode(JsonValue const& value, ExchangeRate& target);
  void decode(JsonValue const& value, ChangeRequest& target);
  void decode(JsonValue const& value, ChangeEdit& target);

  template <class T>
    requires std::is_enum_v<T>
  void decode(JsonValue const& value, T& target) {
    auto const names = names_of<T>();
    if (value.kind == Kind::Text)
      if (auto const found = from_name<T>(value.text)) {
        target = *found;
        return;
      }
    std::string known;
    for (auto const name : names) known += (known.empty() ? "" : ", ") + std::string(name);
    expected(value, "one of " + known);
  }
  template <class T>
  void decode(JsonValue const& value, std::optional<T>& target) {
    decode(value, target.emplace());
  }
  template <class T>
  void decode(JsonValue const& value, std::vector<T>& target) {
    if (value.kind != Kind::List) expected(value, "a list");
    target.clear();
    target.reserve(value.children.size());
    for (auto const& child : value.children) {
      Step const step(*this, "[" + std::to_string(target.size()) + "]");
      decode(child, target.emplace_back());
    }
  }
  template <class T>
    requires(std::is_class_v<T>)
  void decode(JsonValue const& value, T& target) {
    fields(value, target, {});
  }

  /// Every field of `target` that `value` has, except `apart`, which the caller reads.
  template <class T>
  void fields(JsonValue const& value, T& target, std::vector<std::string> const& apart) {
    if (value.kind != Kind::Object) expected(value, "an object like {\"key\": …}");
    std::size_t met = 0;
    describe(target, [&](char const* name, auto& member, auto...) {
      if (!apart.empty() && std::find(apart.begin(), apart.end(), name) != apart.end()) return;
      JsonValue const* const found = value.field(name);
      if (!found) return;
      ++met;
      read_field(*found, name, member);
    });
    if (met == value.children.size()) return;
    std::vector<std::string> known = apart;
    describe(target, [&](char const* name, auto&, auto...) {
      if (std::find(apart.begin(), apart.end(), name) == apart.end()) known.emplace_back(name);
    });
    refuse_unknown(value, known);
  }

  /// Reads the field `name` when it is there; false when not.
  template <class T>
  bool field(JsonValue const& object, char const* name, T& target) {
    JsonValue const* const found = object.field(name);
    if (!found || found->kind == Kind::Null) return false;
    read_field(*found, name, target);
    return true;
  }
  template <class T>
  void read_field(JsonValue const& found, char const* name, T& target) {
    if (found.kind == Kind::Null) return;
    Step const step(*this, path_.empty() ? "" : ".", name);
    decode(found, target);
  }
  void refuse_unknown(JsonValue const& object, std::vector<std::string> const& known);

  /// Reads text with `parse`, whose errors get their place.
  template <class Parse>
  auto text(JsonValue const& value, char const* like, Parse&& parse) {
    if (value.kind != Kind::Text) expected(value, like);
    try {
      return parse(std::string_view(value.text));
    } catch (Error const& error) {
      fail(value, error.what());
    }
  }
  std::pair<std::int32_t, std::int32_t> span(JsonValue const& value);

  [[noreturn]] void expected(JsonValue const& value, std::string const& what) const {
    fail(value, "expected " + what + ", found " + spoken(value));
  }
  [[noreturn]] void fail(JsonValue const& value, std::string const& message) const {
    locator_.fail(value.offset, path_.empty() ? message : path_ + ": " + message);
  }

  WorkChange work_edit(JsonValue const& value, std::string const& verb);
  ChangeEdit edit(JsonValue const& value);

  /// Lengthens the path for as long as it lives.
  class Step {
   public:
    Step(Decoder& decoder, std::string_view more, std::string_view last = {})
        : path_(decoder.path_), length_(path_.size()) {
      path_.append(more).append(last);
    }
    ~Step() { path_.resize(length_); }
    Step(Step const&) = delete;
    Step& operator=(Step const&) = delete;

   private:
    std::string& path_;
    std::size_t length_;
  };

  Locator const& locator_;
  Diagnostics* diagnostics_;
  std::string path_;
  std::string per_ = "h";  ///< What the rates at hand are per.
  bool strict_ = false;    ///< Inside an edit, whose fields are its meaning.
  std::map<std::string, std::size_t> unknown_;
  std::size_t listed_ = 0;
};

}  // namespace rapport
