if(NOT COREFILE_INSTALL)
  return()
endif()
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/corefile")
install(TARGETS corefile EXPORT corefile-targets FILE_SET HEADERS)
install(EXPORT corefile-targets NAMESPACE corefile:: DESTINATION "${package_dir}")
configure_package_config_file(cmake/corefile-config.cmake.in "${PROJECT_BINARY_DIR}/package/corefile-config.cmake"
                              INSTALL_DESTINATION "${package_dir}" NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/package/corefile-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/package/corefile-config.cmake" "${PROJECT_BINARY_DIR}/package/corefile-config-version.cmake"
        DESTINATION "${package_dir}")

# Relative, so that an installed tree can be moved.
file(RELATIVE_PATH COREFILE_PC_PREFIX "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
configure_file(cmake/corefile.pc.in "${PROJECT_BINARY_DIR}/package/corefile.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/package/corefile.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

install(FILES LICENSE README.md CHANGELOG.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
