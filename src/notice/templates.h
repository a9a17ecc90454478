#ifndef RAPPORT_NOTICE_TEMPLATES_H
#define RAPPORT_NOTICE_TEMPLATES_H

#include <string_view>
#include <vector>

namespace rapport {

/// The text of templates/<name>, for example "zh/notice.md", as it was when the library was built; empty
/// where there is no such file. O(number of templates).
std::string_view template_text(std::string_view name);

/// The names of all embedded templates, sorted.
std::vector<std::string_view> template_names();

}  // namespace rapport

#endif
