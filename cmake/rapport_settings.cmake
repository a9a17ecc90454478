# Language, warnings and instrumentation, the same for every target of the tree.

find_program(RAPPORT_CCACHE ccache)
if(PROJECT_IS_TOP_LEVEL AND RAPPORT_CCACHE)
  foreach(language C CXX)
    if(NOT CMAKE_${language}_COMPILER_LAUNCHER)
      set(CMAKE_${language}_COMPILER_LAUNCHER "${RAPPORT_CCACHE}")
    endif()
  endforeach()
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 99)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# A shared C++ library exports everything; otherwise nothing leaks out of whatever links us.
if(NOT BUILD_SHARED_LIBS)
  set(CMAKE_CXX_VISIBILITY_PRESET hidden)
  set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
endif()

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

add_library(rapport_settings INTERFACE)
target_compile_options(rapport_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  # Fused multiply-add rounds differently from machine to machine; results must not.
  -ffp-contract=off)
target_link_libraries(rapport_settings INTERFACE Threads::Threads)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # False alarms on "literal" + std::string when optimising: GCC bug 105651, mended in 13.
  target_compile_options(rapport_settings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
endif()
if(RAPPORT_WERROR)
  target_compile_options(rapport_settings INTERFACE -Werror)
endif()
if(RAPPORT_SANITIZE)
  target_compile_options(rapport_settings INTERFACE
    -fsanitize=${RAPPORT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(rapport_settings INTERFACE -fsanitize=${RAPPORT_SANITIZE})
  # What GCC adds for the sanitizers hides from it that std::regex sets what it reads.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(rapport_settings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-maybe-uninitialized>)
  endif()
endif()
if(RAPPORT_COVERAGE)
  target_compile_options(rapport_settings INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(rapport_settings INTERFACE --coverage)
endif()
