# Installs the build BUILD into a fresh folder and lets the outsider's project use it, once by find_package and
# once by pkg-config.

set(stage "${BUILD}/embed")
file(REMOVE_RECURSE "${stage}")

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

function(expect_version program)
  run(${program})
  string(STRIP "${output}" output)
  if(NOT output MATCHES "^${VERSION}")
    message(FATAL_ERROR "${program} says \"${output}\", expected ${VERSION}")
  endif()
endfunction()

run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${stage}/usr" --component rapport)

run("${CMAKE_COMMAND}" -S "${OUTSIDER}" -B "${stage}/build" -G Ninja "-DCMAKE_PREFIX_PATH=${stage}/usr"
    "-DCMAKE_CXX_COMPILER=${CXX}" "-DCMAKE_C_COMPILER=${CC}")
run("${CMAKE_COMMAND}" --build "${stage}/build")
expect_version("${stage}/build/outsider_cpp")

file(GLOB pkgconfig "${stage}/usr/lib/pkgconfig" "${stage}/usr/lib/*/pkgconfig")
set(ENV{PKG_CONFIG_PATH} "${pkgconfig}")
run(pkg-config --cflags --libs rapport)
separate_arguments(flags UNIX_COMMAND "${output}")
run("${CXX}" -std=c++20 "${OUTSIDER}/main.cpp" -o "${stage}/by_pkg_config" ${flags})
expect_version("${stage}/by_pkg_config")

if(C_LIBRARY)
  expect_version("${stage}/build/outsider_c")
  foreach(component "" c)
    run("${CMAKE_COMMAND}" -S "${OUTSIDER}" -B "${stage}/c_only" -G Ninja --fresh "-DCMAKE_PREFIX_PATH=${stage}/usr"
        "-DCMAKE_C_COMPILER=${CC}" -DC_ONLY=ON "-DCOMPONENT=${component}"
        -DCMAKE_DISABLE_FIND_PACKAGE_pugixml=ON -DCMAKE_DISABLE_FIND_PACKAGE_SQLiteCpp=ON)
    run("${CMAKE_COMMAND}" --build "${stage}/c_only")
    expect_version("${stage}/c_only/outsider_c")
  endforeach()
  run(pkg-config --cflags --libs rapport_c)
  separate_arguments(flags UNIX_COMMAND "${output}")
  cmake_path(GET pkgconfig PARENT_PATH libraries)
  run("${CC}" -std=c99 "${OUTSIDER}/main.c" -o "${stage}/c_by_pkg_config" ${flags} "-Wl,-rpath,${libraries}")
  expect_version("${stage}/c_by_pkg_config")
endif()
