// SPDX-License-Identifier: Apache-2.0

struct Desk: Feature {
    let site: Site
    var routes: [Route] { [] }
}
