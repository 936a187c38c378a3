// SPDX-License-Identifier: Apache-2.0

struct Board: Feature {
    let site: Site
    var routes: [Route] { [] }
}
