#include "rapport/exchange/write.h"
namespace rapport {
WrittenFile write_mspdi(Facts const&, std::string_view) { return {}; }
}
