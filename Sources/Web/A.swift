import Hummingbird
import Mustache

public let w = EmbeddedFiles.all.count
