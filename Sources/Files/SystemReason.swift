import Errors
import Glibc

/// What was being done to a file when the system refused it.
package enum FileOperation {
    case open, openModule, read, write, move, lock, create, make, makeTheFolder, makeFile, makeFolder, lockFolder

    fileprivate func words(_ path: String) -> BilingualText {
        switch self {
        case .open: BilingualText(zh: "无法打开 \(path)", en: "cannot open \(path)")
        case .openModule: BilingualText(zh: "无法打开 PKCS#11 模块 \(path)", en: "cannot open the PKCS#11 module \(path)")
        case .read: BilingualText(zh: "无法读取 \(path)", en: "cannot read \(path)")
        case .write: BilingualText(zh: "无法写入 \(path)", en: "cannot write \(path)")
        case .move: BilingualText(zh: "无法移动 \(path)", en: "cannot move \(path)")
        case .lock: BilingualText(zh: "无法锁定 \(path)", en: "cannot lock \(path)")
        case .create: BilingualText(zh: "无法创建 \(path)", en: "cannot create \(path)")
        case .make: BilingualText(zh: "无法建立 \(path)", en: "cannot make \(path)")
        case .makeTheFolder: BilingualText(zh: "无法建立文件夹 \(path)", en: "cannot make the folder \(path)")
        case .makeFile: BilingualText(zh: "无法在 \(path) 中建立文件", en: "cannot make a file in \(path)")
        case .lockFolder: BilingualText(zh: "无法锁定 \(path) 中的文件夹", en: "cannot lock a folder in \(path)")
        case .makeFolder: BilingualText(zh: "无法在 \(path) 中建立文件夹", en: "cannot make a folder in \(path)")
        }
    }

    /// With the system's reason, by its number (errno(3)).
    package func failure(_ path: String, _ number: Int32) -> BilingualText {
        let (words, reason) = (words(path), BilingualText(systemError: number))
        return BilingualText(zh: "\(words.zh)：\(reason.zh)", en: "\(words.en): \(reason.en)")
    }
}

extension BilingualText {
    /// The system's reason by its number (errno(3)); in Chinese where people meet it, whatever the locales installed.
    package init(systemError number: Int32) {
        let english = String(cString: strerror(number))
        let chinese =
            switch number {
            case ENOENT: "没有这个文件或文件夹"
            case EACCES, EPERM: "没有权限"
            case EEXIST: "已经存在"
            case ENOTDIR: "路径中有一段不是文件夹"
            case EISDIR: "这是文件夹"
            case ENOSPC, EDQUOT: "磁盘空间不足"
            case EIO: "磁盘出错"
            case EROFS: "磁盘只读"
            case ELOOP: "这是链接，或链接过多"
            case ENAMETOOLONG: "名称过长"
            case EMFILE, ENFILE: "打开的文件过多"
            default: english
            }
        self.init(zh: chinese, en: english)
    }
}
