# cmake -D FOLDER=<templates> -D OUTPUT=<file.cpp> -P embed_templates.cmake
# Writes the text of every file below FOLDER into one C++ source, by its path from FOLDER.

file(GLOB_RECURSE names RELATIVE "${FOLDER}" "${FOLDER}/*")
list(SORT names)
set(entries "")
foreach(name IN LISTS names)
  file(READ "${FOLDER}/${name}" text)
  string(APPEND entries "    {\"${name}\", R\"embedded(${text})embedded\"},\n")
endforeach()

file(WRITE "${OUTPUT}" "#include \"notice/templates.h\"

#include <utility>
#include <vector>

namespace rapport {
namespace {
using namespace std::string_view_literals;

std::vector<std::pair<std::string_view, std::string_view>> const& embedded() {
  static std::vector<std::pair<std::string_view, std::string_view>> const texts{
${entries}  };
  return texts;
}
}  // namespace

std::string_view template_text(std::string_view name) {
  for (auto const& [key, text] : embedded()) {
    if (key == name) return text;
  }
  return {};
}

std::vector<std::string_view> template_names() {
  std::vector<std::string_view> names;
  for (auto const& [key, text] : embedded()) names.push_back(key);
  return names;
}
}  // namespace rapport
")
