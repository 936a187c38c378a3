import GRDB
import Crypto
import CArgon2
public let s = 1
