if(NOT COREFILE_INSTALL)
  return()
endif()
include(CMakePackageConfigHelpers)

# Components: `tool` is corefile-lint with what belongs to it, `webhook` corefile-webhook, `development` the library. A program that was
# not built is not installed.
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/corefile")
install(TARGETS corefile EXPORT corefile-targets COMPONENT development FILE_SET HEADERS COMPONENT development)
install(EXPORT corefile-targets NAMESPACE corefile:: DESTINATION "${package_dir}" COMPONENT development)
configure_package_config_file(cmake/corefile-config.cmake.in "${PROJECT_BINARY_DIR}/package/corefile-config.cmake"
                              INSTALL_DESTINATION "${package_dir}" NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/package/corefile-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/package/corefile-config.cmake" "${PROJECT_BINARY_DIR}/package/corefile-config-version.cmake"
        DESTINATION "${package_dir}" COMPONENT development)

# Relative, so that an installed tree can be moved.
file(RELATIVE_PATH COREFILE_PC_PREFIX "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
configure_file(cmake/corefile.pc.in "${PROJECT_BINARY_DIR}/package/corefile.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/package/corefile.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT development)

install(FILES LICENSE README.md CHANGELOG.md DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT development)
