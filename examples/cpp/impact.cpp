// What does a change do to a plan? impact CHANGE.json PLAN [FACTS]...
#include <rapport/exchange/read.h>
#include <rapport/impact/impact.h>
#include <rapport/model/document.h>
#include <rapport/notice/notice.h>
#include <rapport/schedule/schedule.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

int main(int argc, char** argv) try {
  if (argc < 3) {
    std::cerr << "impact CHANGE.json PLAN [FACTS]...\n";
    return 2;
  }
  std::ifstream file(argv[1]);
  std::string const text{std::istreambuf_iterator<char>(file), {}};
  auto const change = rapport::change_from_document(text, argv[1]);

  std::vector<rapport::ReadResult> sources;
  for (int i = 2; i < argc; ++i) sources.push_back(rapport::read(argv[i]));
  rapport::Project const project(rapport::combine(sources).facts);

  auto const before = rapport::schedule(rapport::compile(project));
  auto const impact = rapport::assess(project, before, change);

  std::cout << change.title << "\n"
            << "finish: " << to_string(before.finish()) << " -> " << to_string(impact.after().finish())
            << "\n";
  if (auto const cost = impact.cost_delta()) std::cout << "cost:   " << to_string(*cost) << "\n";
  std::cout << "why:    " << to_string(impact.trail("finish")) << "\n";
  for (auto const& notice : rapport::notify(project, impact).items)
    std::cout << name_of(notice.part) << ": " << notice.to.name << "\n";
  return 0;
} catch (rapport::Error const& error) {
  std::cerr << error.what() << "\n";
  return 1;
}
