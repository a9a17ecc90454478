#include "support/relaxed_dates.h"

#include <algorithm>

namespace rapport::support {
namespace {

std::int64_t end(LinkType type, bool of_predecessor, std::int64_t start, std::int64_t finish) {
  bool const at_start = of_predecessor ? type == LinkType::StartToStart || type == LinkType::StartToFinish
                                       : type == LinkType::StartToStart || type == LinkType::FinishToStart;
  return at_start ? start : finish;
}

}  // namespace

RelaxedDates relax(PlainNetwork const& net) {
  std::size_t const n = net.duration.size();
  RelaxedDates o;
  o.es.assign(n, 0);
  auto const ef = [&](std::size_t i) { return o.es[i] + net.duration[i]; };
  for (bool moved = true; moved;) {
    moved = false;
    for (std::size_t l = 0; l < net.lag.size(); ++l) {
      auto const p = net.predecessor[l], s = net.successor[l];
      auto const need = end(net.type[l], true, o.es[p], ef(p)) + net.lag[l];
      auto const have = end(net.type[l], false, o.es[s], ef(s));
      if (have < need) o.es[s] += need - have, moved = true;
    }
  }
  for (std::size_t i = 0; i < n; ++i) o.ef.push_back(ef(i)), o.finish = std::max(o.finish, ef(i));
  o.lf.assign(n, o.finish);
  auto const ls = [&](std::size_t i) { return o.lf[i] - net.duration[i]; };
  for (bool moved = true; moved;) {
    moved = false;
    for (std::size_t l = 0; l < net.lag.size(); ++l) {
      auto const p = net.predecessor[l], s = net.successor[l];
      auto const allowed = end(net.type[l], false, ls(s), o.lf[s]) - net.lag[l];
      auto const have = end(net.type[l], true, ls(p), o.lf[p]);
      if (have > allowed) o.lf[p] -= have - allowed, moved = true;
    }
  }
  for (std::size_t i = 0; i < n; ++i) o.ls.push_back(ls(i)), o.free_float.push_back(o.finish - o.ef[i]);
  for (std::size_t l = 0; l < net.lag.size(); ++l) {
    auto const p = net.predecessor[l], s = net.successor[l];
    auto const gap =
        end(net.type[l], false, o.es[s], o.ef[s]) - end(net.type[l], true, o.es[p], o.ef[p]) - net.lag[l];
    o.free_float[p] = std::min(o.free_float[p], gap);
  }
  return o;
}

}  // namespace rapport::support
