import CArgon2
import Crypto
import GRDB

public let s = 1
