# cmake --install: libraries, headers, find_package(rapport) and pkg-config.

if(NOT TARGET rapport)
  return()
endif()
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/rapport")
set(installed rapport)
if(TARGET rapport_c)
  list(APPEND installed rapport_c)
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/capi/include/" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT rapport)
endif()
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT rapport)
install(TARGETS ${installed} EXPORT rapport COMPONENT rapport
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(EXPORT rapport NAMESPACE rapport:: DESTINATION "${package_dir}" FILE rapport-targets.cmake COMPONENT rapport)

# A static library passes its own dependencies on to whoever links it.
set(needs_dependencies OFF)
if(NOT BUILD_SHARED_LIBS)
  set(needs_dependencies ON)
endif()
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/rapport-config.cmake.in" rapport-config.cmake
                              INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file(rapport-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/rapport-config.cmake" "${PROJECT_BINARY_DIR}/rapport-config-version.cmake"
        DESTINATION "${package_dir}" COMPONENT rapport)

cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig"
           OUTPUT_VARIABLE prefix_from_pkgconfig)
set(private_libs "-lpugixml -lz -lSQLiteCpp -lsqlite3 -pthread")
set(public_libs "")
if(needs_dependencies)
  set(public_libs "${private_libs}")
  set(private_libs "")
endif()
configure_file("${PROJECT_SOURCE_DIR}/cmake/rapport.pc.in" rapport.pc @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/rapport.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT rapport)
if(TARGET rapport_c)
  configure_file("${PROJECT_SOURCE_DIR}/cmake/rapport_c.pc.in" rapport_c.pc @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/rapport_c.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT rapport)
endif()
