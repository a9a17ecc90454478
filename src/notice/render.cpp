#include <kainjow/mustache.hpp>

#include "notice/wording.h"
#include "rapport/base/error.h"

namespace rapport {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

data to_data(nlohmann::json const& value) {
  if (value.is_object()) {
    data object(data::type::object);
    for (auto const& [key, member] : value.items()) object.set(key, to_data(member));
    return object;
  }
  if (value.is_array()) {
    data list(data::type::list);
    for (nlohmann::json const& item : value) list.push_back(to_data(item));
    return list;
  }
  if (value.is_string()) {
    auto const& text = value.get_ref<std::string const&>();
    return text.empty() ? data(false) : data(text);
  }
  if (value.is_boolean()) return data(value.get<bool>());
  if (value.is_null()) return data(false);
  return data(value.dump());
}

bool is_control(unsigned char c) { return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f; }

std::string escaped_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char const c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

/// Inline text on one line: markup characters lose their meaning, an underscore within a key stays.
std::string escaped_markdown(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\n':
        out += ' ';
        break;
      case '_':
        if (i == 0 || i + 1 == text.size() || !is_word(text[i - 1]) || !is_word(text[i + 1])) out += '\\';
        out += c;
        break;
      case '\\':
      case '`':
      case '*':
      case '[':
      case ']':
      case '|':
      case '~':
        out += '\\';
        out += c;
        break;
      case '#':
      case '-':
      case '+':
        // A list or a heading only begins a line, and needs a space behind the sign; a line of dashes alone
        // is a rule.
        if (std::size_t const next = text.find_first_not_of(c);
            i == 0 && (next == std::string_view::npos || text[next] == ' '))
          out += '\\';
        out += c;
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// Sections that were left out leave their blank lines behind; one is enough, and none within a table.
std::string without_gaps(std::string const& text) {
  std::string out;
  for (char const c : text) {
    if (c == '|' && out.ends_with(" |\n\n")) out.pop_back();
    if (c != '\n' || !out.ends_with("\n\n")) out += c;
  }
  out.erase(0, out.find_first_not_of('\n'));
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace

std::string escaped(std::string_view text, Escape escape) {
  std::string clean;
  clean.reserve(text.size());
  for (char const c : text)
    if (!is_control(static_cast<unsigned char>(c))) clean += c;
  switch (escape) {
    case Escape::Html:
      return escaped_html(clean);
    case Escape::Markdown:
      return escaped_markdown(clean);
    case Escape::None:
      break;
  }
  return clean;
}

std::string render(std::string_view text, nlohmann::json const& context, Escape escape) {
  mustache form{std::string(text)};
  if (!form.is_valid()) throw Error(Status::Internal, "template: " + form.error_message());
  form.set_custom_escape([escape](std::string const& value) { return escaped(value, escape); });
  std::string out = form.render(to_data(context));
  return escape == Escape::Markdown ? without_gaps(out) : out;
}

}  // namespace rapport
